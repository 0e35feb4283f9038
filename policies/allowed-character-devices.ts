import * as v from "valibot";
import { type Domain, type DomainConsoleSource, definePolicy } from "virt-warden";

/** libvirt's names for what a character device can be connected to. */
const TYPES = [
  ...(["dev", "file", "pipe", "unix", "tcp", "udp", "null", "stdio", "vc", "pty"] as const),
  ...(["spicevmc", "spiceport", "nmdm", "qemu-vdagent", "dbus"] as const),
];

const folders = (...usual: readonly string[]) =>
  v.optional(
    v.array(
      v.pipe(
        v.string(),
        v.regex(
          /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+\/$/,
          "must be a folder such as /srv/consoles/, without . and .. in it and with / at its end",
        ),
      ),
    ),
    usual,
  );

/**
 * A serial port, a console or a channel that is a file lets the guest write to it, with the rights of whoever opens it;
 * one that is a socket of the host lets the guest speak to the program there. One that listens on the network gives the
 * guest's console to whoever connects, and without TLS to whoever listens in.
 * @see https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices
 * @see https://www.qemu.org/docs/master/system/security.html#monitor-console-qmp-and-hmp
 */
export default definePolicy({
  name: "allowed-character-devices",
  description: "Guests' serial ports, consoles and channels reach listed files and sockets alone.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /** What they may be connected to. Devices of the host (`dev`) are for `allowed-host-devices` to name. */
    types: v.optional(v.array(v.picklist(TYPES)), [
      ...(["null", "vc", "pty", "unix", "spicevmc", "spiceport", "qemu-vdagent"] as const),
    ]),
    /** Folders of their sockets, files and pipes. */
    folders: folders(
      ...["/run/libvirt/qemu/channel/", "/var/run/libvirt/qemu/channel/", "/var/lib/libvirt/qemu/channel/"],
    ),
    /** Folders of their logs. */
    logs: folders("/var/log/libvirt/qemu/"),
    /** Addresses that types `tcp` and `udp` may use as they are, where these types are allowed. */
    addresses: v.optional(v.array(v.string()), ["127.0.0.1", "::1"]),
    /** Whether type `tcp` reaches other addresses with TLS. */
    tls: v.optional(v.boolean(), false),
  }),
  check({ domain, settings, deny }) {
    for (const { type = "pty", source, log, at } of characterDevices(domain)) {
      if (!settings.types.includes(type)) deny(`type ${type} is not allowed`, { at: `${at}/@type` });
      for (const [index, { path, host, tls }] of source.entries()) {
        const place = `${at}/source[${index + 1}]`;
        if ((type === "file" || type === "pipe" || type === "unix") && path && !liesInOne(path, settings.folders)) {
          deny(`path ${path} is not allowed; leave it to libvirt`, { at: `${place}/@path` });
        }
        if (type !== "tcp" && type !== "udp") continue;
        // without an address it listens on all
        const isAllowed = host !== undefined && settings.addresses.includes(host);
        if (!isAllowed && !(type === "tcp" && settings.tls && tls === "yes")) {
          deny(`address ${host ?? "of every interface"} is not allowed`, { at: place });
        }
      }
      if (log !== undefined && !liesInOne(log.file, settings.logs)) {
        deny(`log ${log.file} is not allowed`, { at: `${at}/log/@file` });
      }
    }
  },
});

interface CharacterDevice {
  readonly type?: (typeof TYPES)[number];
  readonly source: readonly DomainConsoleSource[];
  readonly log?: { readonly file: string };
  readonly at: string;
}

/** All character devices, with their places. */
function characterDevices({ devices }: Domain): CharacterDevice[] {
  const ports = (["serial", "parallel", "console", "channel", "redirdev"] as const).flatMap((element) =>
    (devices?.[element] ?? []).map((device, index) => ({ ...device, at: `devices/${element}[${index + 1}]` })),
  );
  const cards = (devices?.smartcard ?? []).flatMap((card, index) =>
    card.mode === "passthrough" ? [{ ...card, at: `devices/smartcard[${index + 1}]` }] : [],
  );
  const rngs = (devices?.rng ?? []).flatMap(({ backend }, index) =>
    backend.model === "egd" ? [{ ...backend, at: `devices/rng[${index + 1}]/backend` }] : [],
  );
  return [...ports, ...cards, ...rngs];
}

/** Whether a path lies in one of these folders, as far as names tell. */
function liesInOne(path: string, folders: readonly string[]): boolean {
  return !path.split("/").includes("..") && folders.some((folder) => path.startsWith(folder));
}
