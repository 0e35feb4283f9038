import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./graphics-access.ts";

/** A guest with this graphics. */
const withGraphics = (...graphics: readonly string[]): string => guest(`<devices>${graphics.join("")}</devices>`);

const vnc = (attributes: string, listen = ""): string => `<graphics type='vnc' ${attributes}>${listen}</graphics>`;

/** SPICE on an address of the host's network. */
const spice = (attributes: string, parts = ""): string =>
  `<graphics type='spice' tlsPort='5901' listen='10.20.0.5' ${attributes}>` +
  `<listen type='address' address='10.20.0.5'/>${parts}</graphics>`;

const NETWORK = { addresses: ["10.20.0.0/16"], vncTls: true };

testEach(
  "servers that the host alone can reach are allowed",
  {
    "no graphics": "",
    "an address of the loopback": vnc("listen='127.0.0.1'", "<listen type='address' address='127.0.0.1'/>"),
    "another one": vnc("", "<listen type='address' address='127.8.0.1'/>"),
    "the loopback of IPv6": vnc("", "<listen type='address' address='::1'/>"),
    "the loopback of IPv4 as IPv6": vnc("", "<listen type='address' address='::ffff:127.0.0.1'/>"),
    "an attribute alone": vnc("listen='127.0.0.1' port='-1' autoport='yes' websocket='-1'"),
    "the address that the host chooses": vnc("port='5900'"),
    "the same with an element": vnc("", "<listen type='address'/>"),
    "a socket": vnc("", "<listen type='socket' socket='/run/web1.sock'/>"),
    "a socket as an attribute": vnc("socket='/run/web1.sock'"),
    "no listener": vnc("", "<listen type='none'/>"),
    "SPICE without TLS": "<graphics type='spice'><listen type='address' address='127.0.0.1'/></graphics>",
    "a window of the host": "<graphics type='sdl'/><graphics type='desktop'/><graphics type='egl-headless'/>",
    "a private D-Bus": "<graphics type='dbus'/>",
    "D-Bus by descriptors": "<graphics type='dbus' p2p='yes'/>",
  },
  (graphics) => judge(policy, withGraphics(graphics)).allowed(),
);

testEach(
  "servers on other addresses are denied, with the place",
  {
    "all addresses": [
      vnc("listen='0.0.0.0'", "<listen type='address' address='0.0.0.0'/>"),
      "0.0.0.0",
      "listen[1]/@address",
    ],
    "an attribute alone": [vnc("listen='192.0.2.1'"), "192.0.2.1", "@listen"],
    "an attribute beside an element without": [vnc("listen='::'", "<listen type='address'/>"), "::", "@listen"],
    "a second listener": [
      vnc("", "<listen type='none'/><listen type='address' address='192.0.2.1'/>"),
      "192.0.2.1",
      "listen[2]/@address",
    ],
    "a host's name": [vnc("listen='localhost'"), "localhost", "@listen"],
    "a libvirt network": [vnc("", "<listen type='network' network='lan'/>"), "the network lan", "listen[1]/@network"],
    "a network without a name": [vnc("", "<listen type='network'/>"), "a network without a name", "listen[1]/@network"],
    "a libvirt network, with its address": [
      vnc("", "<listen type='network' network='lan' address='192.0.2.1'/>"),
      "the network lan",
      "listen[1]/@network",
    ],
  } as const,
  ([graphics, where, place]) =>
    judge(policy, withGraphics(graphics), { settings: { vncTls: true } }).denied({
      reason: `vnc listens on ${where}, which is not allowed; use 127.0.0.1 or a socket`,
      at: `devices/graphics[1]/${place}`,
    }),
);

test("listed addresses and networks are allowed, with TLS", () => {
  const listeners = [
    vnc("listen='10.20.0.5' websocket='-1'"),
    vnc("", "<listen type='network' network='lan'/>"),
    vnc("", "<listen type='network' network='other' address='10.20.9.9'/>"),
    spice("defaultMode='secure'", "<channel name='main' mode='secure'/>"),
    "<graphics type='rdp' listen='10.20.0.5'/>",
  ];
  judge(policy, withGraphics(...listeners), { settings: { ...NETWORK, networks: ["lan"] } }).allowed();
});

test("VNC beyond the loopback is denied where the host does not say that it has TLS", () => {
  judge(policy, withGraphics(vnc("listen='10.20.0.5'")), { settings: { addresses: ["10.20.0.5"] } }).denied({
    reason: "vnc beyond the loopback is not encrypted; set vnc_tls in qemu.conf, then vncTls here",
    at: "devices/graphics[1]",
  });
});

test("SPICE beyond the loopback is denied where it takes clients without TLS, for all channels or one", () => {
  judge(policy, withGraphics(spice("")), { settings: NETWORK }).denied({
    reason: "spice takes clients without TLS; use defaultMode='secure'",
    at: "devices/graphics[1]/@defaultMode",
  });
  const channels = "<channel name='main' mode='secure'/><channel name='inputs' mode='any'/>";
  judge(policy, withGraphics(spice("defaultMode='secure'", channels)), { settings: NETWORK }).denied({
    reason: "spice's channel inputs needs no TLS; use mode='secure'",
    at: "devices/graphics[1]/channel[2]/@mode",
  });
});

test("where TLS is not asked for, servers on listed addresses need none", () => {
  const settings = { addresses: ["10.20.0.0/16"], tls: false };
  judge(policy, withGraphics(spice("defaultMode='insecure'"), vnc("listen='10.20.0.5'")), { settings }).allowed();
});

test("where a password is asked for, it is denied that none can be seen", () => {
  const settings = { ...NETWORK, password: true };
  const graphics = withGraphics(vnc("listen='10.20.0.5'"));
  judge(policy, graphics, { settings }).denied({
    reason: "no password of vnc can be seen; set passwdValidTo with it, which shows that it is there",
    at: "devices/graphics[1]/@passwd",
  });
  const shown = withGraphics(vnc("listen='10.20.0.5' connected='keep' passwdValidTo='2030-01-01T00:00:00'"));
  for (const event of ["qemu/migrate", "qemu/restore", "libxl/migrate"] as const) {
    // here libvirt shows the password itself, and the text may be anybody's
    judge(policy, graphics, { settings, event }).denied({ reason: "no password of vnc can be seen" });
    judge(policy, shown, { settings, event }).denied({ reason: "no password of vnc can be seen" });
  }
});

testEach(
  "a password is seen by",
  {
    itself: vnc("listen='10.20.0.5' passwd='geheim'"),
    "its end": vnc("listen='10.20.0.5' passwdValidTo='2030-01-01T00:00:00'"),
    "what happens to clients": spice("defaultMode='secure' connected='disconnect'"),
    "RDP's user": "<graphics type='rdp' listen='10.20.0.5' username='web1'/>",
    "not being needed on the loopback": vnc("listen='127.0.0.1'"),
  },
  (graphics) => judge(policy, withGraphics(graphics), { settings: { ...NETWORK, password: true } }).allowed(),
);

test("a display that all of a D-Bus bus can reach is denied", () => {
  judge(policy, withGraphics("<graphics type='dbus' address='unix:path=/run/bus'/>")).denied({
    reason: "the display is open to all of the D-Bus bus unix:path=/run/bus; use p2p='yes'",
    at: "devices/graphics[1]/@address",
  });
});

test("each server is judged, at every event that lets a guest in", () => {
  const document = withGraphics(vnc(""), vnc("listen='0.0.0.0'"), "<graphics type='rdp' listen='0.0.0.0'/>");
  for (const event of ["qemu/prepare", "qemu/migrate", "qemu/restore", "libxl/prepare", "libxl/migrate"] as const) {
    judge(policy, document, { event }).denied(
      { at: "devices/graphics[2]/@listen" },
      { reason: "not encrypted" },
      { at: "devices/graphics[3]/@listen" },
    );
  }
});

testEach(
  "it is refused as an address",
  {
    "a name": "localhost",
    "a range too long": "10.0.0.0/33",
    "a range of IPv6 too long": "fd00::/129",
    "no length": "10.0.0.0/",
    "two lengths": "::/0/0",
  },
  (address) =>
    settingsRefused(policy, { addresses: [address] }, "must be an IP address or a range such as 10.20.0.0/16"),
);
