import * as v from "valibot";
import { type DomainGraphics, definePolicy, inIpRange, isIp } from "virt-warden";

/** What only the host itself can reach. */
const LOOPBACK = ["127.0.0.0/8", "::1"];

const address = v.pipe(
  v.string(),
  v.check((text) => {
    const [, ip = "", length = "0"] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    return isIp(ip) && Number(length) <= (ip.includes(":") ? 128 : 32);
  }, "must be an IP address or a range such as 10.20.0.0/16"),
);

/**
 * A graphics server is the guest's screen, keyboard and mouse: whoever reaches it without encryption and a password
 * reads what is typed, and acts as whoever is logged in there. On sockets, and without a listener, clients come through
 * the host, which knows them.
 *
 * Two things are in the host's configuration (libvirt's `qemu.conf`) and not in the document. One is TLS for VNC: see
 * `vncTls`. The other is the address of a server that names none; at `qemu/prepare` libvirt has written it into the
 * document, so that it is judged there.
 * @see https://libvirt.org/formatdomain.html#graphical-framebuffers
 * @see https://www.qemu.org/docs/master/system/vnc-security.html
 */
export default definePolicy({
  name: "graphics-access",
  description: "Graphics servers listen on the host alone, or elsewhere with TLS and, if wanted, a password.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore", "libxl/prepare", "libxl/migrate"],
  settings: v.strictObject({
    /** Addresses that servers may listen on besides the host's loopback: each is that address itself or in a range. */
    addresses: v.optional(v.array(address), []),
    /** libvirt networks whose host address servers may listen on. */
    networks: v.optional(v.array(v.string()), []),
    /** Whether servers beyond the loopback need TLS. */
    tls: v.optional(v.boolean(), true),
    /** Whether this host's VNC servers use TLS: `vnc_tls = 1` in `qemu.conf`, which no document shows. */
    vncTls: v.optional(v.boolean(), false),
    /**
     * Whether servers beyond the loopback need a password of the guest's own. At `prepare` libvirt leaves it out of the
     * document, but for what stands there only beside a password: `passwdValidTo`, `connected`, `username`. It is no
     * replacement for TLS: of VNC's, eight characters count.
     */
    password: v.optional(v.boolean(), false),
  }),
  check({ domain, operation, settings, deny }) {
    for (const [index, graphics] of (domain.devices?.graphics ?? []).entries()) {
      const at = `devices/graphics[${index + 1}]`;
      if (graphics.type === "dbus" && graphics.address !== undefined && graphics.p2p !== "yes") {
        deny(`the display is open to all of the D-Bus bus ${graphics.address}; use p2p='yes'`, {
          at: `${at}/@address`,
        });
      }
      if (graphics.type !== "vnc" && graphics.type !== "spice" && graphics.type !== "rdp") continue;
      const beyond = listeners(graphics).filter(({ address }) => address === undefined || !isIn(address, LOOPBACK));
      for (const { address, network, place } of beyond) {
        const isAllowed =
          (network !== undefined && settings.networks.includes(network)) ||
          (address !== undefined && isIn(address, settings.addresses));
        const where = network === undefined ? (address ?? "a network without a name") : `the network ${network}`;
        if (!isAllowed) {
          deny(`${graphics.type} listens on ${where}, which is not allowed; use 127.0.0.1 or a socket`, {
            at: `${at}/${place}`,
          });
        }
      }
      if (beyond.length === 0) continue;
      if (settings.tls && graphics.type === "vnc" && !settings.vncTls) {
        deny("vnc beyond the loopback is not encrypted; set vnc_tls in qemu.conf, then vncTls here", { at });
      }
      if (settings.tls && graphics.type === "spice") {
        if (graphics.defaultMode !== "secure") {
          deny("spice takes clients without TLS; use defaultMode='secure'", { at: `${at}/@defaultMode` });
        }
        for (const [number, { name, mode }] of graphics.channel.entries()) {
          if (mode === "secure") continue;
          deny(`spice's channel ${name} needs no TLS; use mode='secure'`, { at: `${at}/channel[${number + 1}]/@mode` });
        }
      }
      if (settings.password && graphics.passwd === undefined && !(operation === "prepare" && showsPassword(graphics))) {
        const how = operation === "prepare" ? "; set passwdValidTo with it, which shows that it is there" : "";
        deny(`no password of ${graphics.type} can be seen${how}`, { at: `${at}/@passwd` });
      }
    }
  },
});

type Server = Extract<DomainGraphics, { readonly type: "vnc" | "spice" | "rdp" }>;

interface Listener {
  /** Missing where the host chooses it from a libvirt network. */
  readonly address: string | undefined;
  readonly network?: string;
  readonly place: string;
}

/**
 * Where a server listens for connections over the network, as far as the document says.
 * @see virDomainGraphicsListensParseXML in libvirt's src/conf/domain_conf.c
 */
function listeners(graphics: Server): Listener[] {
  const { listen, listenElement } = graphics;
  if (listenElement.length === 0) {
    if ("socket" in graphics && graphics.socket !== undefined) return [];
    return listen ? [{ address: listen, place: "@listen" }] : [];
  }
  return listenElement.flatMap((each, index): Listener[] => {
    const place = `listen[${index + 1}]`;
    if (each.type === "network") return [{ address: each.address, network: each.network, place: `${place}/@network` }];
    if (each.type !== "address") return [];
    if (each.address) return [{ address: each.address, place: `${place}/@address` }];
    return index === 0 && listen ? [{ address: listen, place: "@listen" }] : [];
  });
}

/** Whether an address lies in a range; a host's name, which may come to mean any address, lies in none. */
function isIn(address: string, ranges: readonly string[]): boolean {
  return isIp(address) && inIpRange(address, ranges);
}

/**
 * Whether a document that libvirt wrote without passwords shows that there is one.
 * @see virDomainGraphicsAuthDefFormatAttr in libvirt's src/conf/domain_conf.c
 */
function showsPassword(graphics: Server): boolean {
  if (graphics.type === "rdp") return graphics.username !== undefined;
  return graphics.passwdValidTo !== undefined || graphics.connected !== undefined;
}
