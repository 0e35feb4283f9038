import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-networks.ts";

const settings = { networks: ["default", "dmz"], bridges: ["br0"] };

/** A guest with these devices. */
const withDevices = (...devices: readonly string[]) => guest(`<devices>${devices.join("")}</devices>`);
/** An interface on a libvirt network. */
const network = (name: string) => `<interface type='network'><source network='${name}'/></interface>`;
/** An interface on a host's bridge. */
const bridge = (name: string) => `<interface type='bridge'><source bridge='${name}'/></interface>`;

testEach(
  "what is listed is allowed, and so is no interface at all",
  {
    listed: withDevices(network("default"), network("dmz"), bridge("br0")),
    "a network's portgroup": withDevices(
      "<interface type='network'><source network='default' portgroup='engineering'/></interface>",
    ),
    "no devices": guest(),
    "no interfaces": withDevices(),
  },
  (document) => judge(policy, document, { settings }).allowed(),
);

test("every interface on another network or bridge is denied, each with its place", () => {
  const document = withDevices(network("lab"), network("default"), bridge("br1"), bridge("default"));
  return judge(policy, document, { settings }).denied(
    { reason: "network lab is not allowed", at: "devices/interface[1]/source/@network" },
    { reason: "bridge br1 is not allowed", at: "devices/interface[3]/source/@bridge" },
    { reason: "bridge default is not allowed", at: "devices/interface[4]/source/@bridge" },
  );
});

testEach(
  "a name is compared letter for letter",
  { case: "Default", "a space": "default ", beginning: "defaul", list: "default,dmz", star: "*" },
  (name) => judge(policy, withDevices(network(name)), { settings }).denied(`network ${name} is not allowed`),
);

test("an interface that names no network or bridge is denied", () => {
  const other = "<interface type='bridge'><source network='default'/></interface>";
  return judge(policy, withDevices("<interface type='network'/>", other), { settings }).denied(
    { reason: "network without a name is not allowed", at: "devices/interface[1]/source/@network" },
    { reason: "bridge without a name is not allowed", at: "devices/interface[2]/source/@bridge" },
  );
});

testEach(
  "every other kind of interface is denied, whatever it names",
  Object.fromEntries(
    ["user", "ethernet", "direct", "hostdev", "vhostuser", "internal", "vdpa", "null"].map((type) => [type, type]),
  ),
  (type) =>
    judge(policy, withDevices(`<interface type='${type}'><source network='default' bridge='br0'/></interface>`), {
      settings,
    }).denied({
      reason: `interface type ${type} is not allowed; only listed networks and bridges are`,
      at: "devices/interface[1]/@type",
    }),
);

test("without settings nothing is listed, so that every interface is denied and no interface is allowed", () => {
  judge(policy, withDevices(network("default"))).denied("network default");
  judge(policy, withDevices(bridge("br0"))).denied("bridge br0");
  judge(policy, guest()).allowed();
});

test("the example's settings list one network and one bridge", () => {
  judge(policy, withDevices(network("default"), bridge("br0")), { settings: "configured" }).allowed();
});

test("settings that the policy does not know or accept are refused", () => {
  settingsRefused(policy, { network: ["default"] }, "settings.network: Invalid key");
  settingsRefused(policy, { bridges: ["br0", 7] }, "settings.bridges[1]: Invalid type: Expected string but received 7");
});

testEach(
  "containers' and Xen guests' interfaces are judged as well",
  { container: "lxc/prepare", Xen: "libxl/prepare", "Xen's migration": "libxl/migrate" },
  (event) => {
    judge(policy, withDevices(network("dmz"), bridge("br0")), { settings, event }).allowed();
    judge(policy, withDevices(network("lab"), "<interface type='ethernet'/>"), { settings, event }).denied(
      { reason: "network lab is not allowed", at: "devices/interface[1]/source/@network" },
      { reason: "interface type ethernet is not allowed", at: "devices/interface[2]/@type" },
    );
  },
);

/** A device of a container's that is the host's own interface. */
const hostInterface = (name: string) =>
  `<hostdev mode='capabilities' type='net'><source><interface>${name}</interface></source></hostdev>`;
const SHARES = "without interfaces the container shares all of the host's network; give it features/privnet";

test("a container without interfaces is denied, since it has the host's, unless it has a network of its own", () => {
  const event = "lxc/prepare";
  judge(policy, guest("", { type: "lxc" }), { settings, event }).denied(SHARES);
  const disks = "<hostdev mode='capabilities' type='storage'><source><block>/dev/sda</block></source></hostdev>";
  judge(policy, withDevices(disks), { settings, event }).denied(SHARES);
  judge(policy, guest("<features><privnet/></features>"), { settings, event }).allowed();
  judge(policy, guest(), { settings, event: "libxl/prepare" }).allowed();
});

test("a container that is given the host's interface, or another's network, is denied", () => {
  const event = "lxc/prepare";
  judge(policy, withDevices(network("dmz"), hostInterface("eth0")), { settings, event }).denied({
    reason: "the host's interface eth0 is not allowed",
    at: "devices/hostdev[1]/source/interface",
  });
  judge(policy, withDevices(hostInterface("eth1")), { settings, event }).denied("the host's interface eth1");
  judge(policy, withDevices(hostInterface("").replace(/<interface>.*<.interface>/, "")), { settings, event }).denied(
    "the host's interface without a name is not allowed",
  );
  const shared = "<lxc:namespace><lxc:sharenet type='pid' value='1'/></lxc:namespace>";
  judge(policy, guest(shared), { settings, event }).denied({
    reason: "the network of pid 1 is not allowed",
    at: "lxc:namespace/lxc:sharenet",
  });
});
