import * as v from "valibot";
import { type Domain, definePolicy, diskSource, type Image, images } from "virt-warden";

/** Where distributions keep firmware that libvirt takes by itself. */
const FIRMWARE = [
  ...["/usr/share/OVMF/", "/usr/share/ovmf/", "/usr/share/AAVMF/", "/usr/share/edk2/", "/usr/share/qemu-efi-aarch64/"],
  ...["/usr/share/qemu/", "/usr/share/seabios/", "/usr/lib/ipxe/", "/usr/share/ipxe/", "/usr/lib/xen/"],
];

const places = (...usual: readonly string[]) =>
  v.optional(
    v.array(
      v.pipe(
        v.string(),
        v.regex(
          /^(?:\/|[a-z]+:)(?!(?:.*\/)?\.{1,2}(?:\/|$))/,
          "must be a path such as /srv/images/ or a source such as rbd:guests/, without . and .. in it",
        ),
      ),
    ),
    usual,
  );

/**
 * What a guest's disk is made of, the host opens for it, with rights that the guest's owner may not have: another guest's
 * image, a file of the host, a server that only the host reaches.
 * @see https://libvirt.org/kbase/secureusage.html#disk-image-handling
 * @see https://www.qemu.org/docs/master/system/security.html#principle-of-least-privilege
 */
export default definePolicy({
  name: "disk-locations",
  description: "Guests' disks, firmware and kernels lie in listed places alone.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  // each list holds sources as `diskSource` writes them; one with / at its end stands for all that begins with it
  settings: v.strictObject({
    /** Of disks: `/srv/images/`, `/dev/vg0/`, `volume:default/` (a libvirt pool), `rbd:guests/`, `nvme:0000:01:00.0/1`. */
    disks: places("/var/lib/libvirt/images/"),
    /** Servers of disks on the network as the document names them, or paths of their sockets. */
    hosts: v.optional(v.array(v.string()), []),
    /** Of firmware: `loader`, templates of variables, devices' ROMs. */
    firmware: places(...FIRMWARE),
    /** Of what firmware keeps: UEFI's variables, `pstore`. */
    nvram: places("/var/lib/libvirt/qemu/nvram/"),
    /** Of what boots without a disk: kernel, initrd, device tree, ACPI tables, files for the firmware. */
    boot: places("/var/lib/libvirt/boot/"),
  }),
  check({ domain, settings, deny }) {
    for (const { image, at } of images(domain)) {
      const source = diskSource(image);
      const allowed = at === "os/nvram" ? settings.nvram : settings.disks;
      if (source !== undefined && !isListed(source, allowed)) {
        deny(`${source} is not allowed as a disk; ${instead(allowed)}`, { at: `${at}/source` });
      }
      for (const { path, at: place } of besides(image, `${at}/source`)) {
        if (!isListed(path, allowed)) deny(`${path} is not allowed with a disk`, { at: place });
      }
      if (image.type === "network") {
        for (const [index, host] of image.source.host.entries()) {
          const server = host.transport === "unix" ? host.socket : host.name;
          if (!settings.hosts.includes(server)) {
            deny(`server ${server} is not allowed`, { at: `${at}/source/host[${index + 1}]` });
          }
        }
      } else if ((image.type === undefined || image.type === "file") && image.source?.fdgroup !== undefined) {
        deny("what a passed descriptor leads to is not known; use a path alone", { at: `${at}/source/@fdgroup` });
      }
    }
    for (const { path, kind, at } of files(domain)) {
      const allowed = settings[kind];
      if (path && !isListed(path, allowed)) {
        deny(`${path} is not allowed as ${KINDS[kind]}; ${instead(allowed)}`, { at });
      }
    }
  },
});

/** What reasons call files of a kind. */
const KINDS = {
  disks: "a disk",
  firmware: "firmware",
  nvram: "memory of the firmware",
  boot: "a file to boot with",
} as const;

/** What to use in place of what is refused. */
function instead(places: readonly string[]): string {
  if (places.length === 0) return "none is";
  return `use ${places.slice(0, 3).join(", ")}${places.length > 3 ? ", …" : ""}`;
}

/** Whether a source is listed, or begins with a listed place. Dots could lead out of that. */
function isListed(source: string, places: readonly string[]): boolean {
  if (/(?:^|[/:])\.{1,2}(?:\/|$|\?)/.test(source)) return false;
  return places.some((place) => (place.endsWith("/") ? source.startsWith(place) : source === place));
}

/** Files of the host that are opened beside an image, to reach it. */
function besides(image: Image["image"], at: string): { readonly path: string; readonly at: string }[] {
  const found: { readonly path: string | undefined; readonly at: string }[] = [];
  if (image.type === "block") {
    found.push({ path: image.source?.reservations?.source?.path, at: `${at}/reservations/source/@path` });
  } else if (image.type === "network" && image.source.protocol === "rbd") {
    found.push({ path: image.source.config?.file, at: `${at}/config/@file` });
  } else if (image.type === "network" && image.source.protocol === "ssh") {
    const { knownHosts, identity } = image.source;
    found.push(
      { path: knownHosts?.path, at: `${at}/knownHosts/@path` },
      { path: identity?.keyfile, at: `${at}/identity/@keyfile` },
      { path: identity?.agentsock, at: `${at}/identity/@agentsock` },
    );
  }
  return found.flatMap(({ path, at: place }) => (path === undefined ? [] : [{ path, at: place }]));
}

interface HostFile {
  readonly path: string | undefined;
  readonly kind: keyof typeof KINDS;
  readonly at: string;
}

/** Files of the host that firmware and direct boot are made of, and memory that is a disk. */
function files({ os, sysinfo, devices }: Domain): HostFile[] {
  const nvram = os?.nvram;
  const roms = (["interface", "hostdev"] as const).flatMap((element) =>
    (devices?.[element] ?? []).map(({ rom }, index): HostFile => {
      return { path: rom?.file, kind: "firmware", at: `devices/${element}[${index + 1}]/rom/@file` };
    }),
  );
  const tables = (os?.acpi?.table ?? []).map(({ value }, index): HostFile => {
    return { path: value, kind: "boot", at: `os/acpi/table[${index + 1}]` };
  });
  const blobs = sysinfo.flatMap((info, index) => {
    if (info.type !== "fwcfg") return [];
    return info.entry.map(({ file }, entry): HostFile => {
      return { path: file, kind: "boot", at: `sysinfo[${index + 1}]/entry[${entry + 1}]/@file` };
    });
  });
  const memories = (devices?.memory ?? []).map(({ source }, index): HostFile => {
    return { path: source?.path, kind: "disks", at: `devices/memory[${index + 1}]/source/path` };
  });
  return [
    { path: os?.loader?.value, kind: "firmware", at: "os/loader" },
    { path: nvram?.template, kind: "firmware", at: "os/nvram/@template" },
    { path: nvram?.type === undefined ? nvram?.value : undefined, kind: "nvram", at: "os/nvram" },
    { path: os?.varstore?.template, kind: "firmware", at: "os/varstore/@template" },
    { path: os?.varstore?.path, kind: "nvram", at: "os/varstore/@path" },
    ...(["kernel", "initrd", "dtb", "shim"] as const).map((name): HostFile => {
      return { path: os?.[name], kind: "boot", at: `os/${name}` };
    }),
    { path: devices?.pstore?.path, kind: "nvram", at: "devices/pstore/path" },
    ...tables,
    ...blobs,
    ...roms,
    ...memories,
  ];
}
