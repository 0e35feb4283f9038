import assert from "node:assert/strict";
import { test } from "node:test";
import { guest, guestWith } from "../test/support/documents.ts";
import { bundleOf, findingsOf, judgeWith } from "../test/support/judge.ts";
import { problemsOf } from "../test/support/problems.ts";

const POLICY = new URL("allowed-networks.ts", import.meta.url);
const NAME = "allowed-networks";
const judge = await judgeWith(POLICY, NAME, { networks: ["default", "dmz"], bridges: ["br0"] });
const judgeWithoutSettings = await judgeWith(POLICY, NAME);

/** An interface on a libvirt network. */
const network = (name: string) => `<interface type='network'><source network='${name}'/></interface>`;
/** An interface on a host's bridge. */
const bridge = (name: string) => `<interface type='bridge'><source bridge='${name}'/></interface>`;

test("interfaces on listed networks and bridges are allowed", async () => {
  const portgroup = "<interface type='network'><source network='default' portgroup='engineering'/></interface>";
  const decision = await judge(guestWith(network("default"), network("dmz"), bridge("br0"), portgroup));
  assert.equal(decision.status, 0);
  assert.deepEqual(decision.findings, []);
});

test("a guest without interfaces or without devices is allowed", async () => {
  assert.equal((await judge(guest())).status, 0);
  assert.equal((await judge(guestWith())).status, 0);
});

test("every interface on another network or bridge is denied, each with its place", async () => {
  const decision = await judge(guestWith(network("lab"), network("default"), bridge("br1"), bridge("default")));
  assert.equal(decision.status, 1);
  assert.deepEqual(findingsOf(decision), [
    ["deny", "network lab is not allowed", "devices/interface[1]/source/@network"],
    ["deny", "bridge br1 is not allowed", "devices/interface[3]/source/@bridge"],
    ["deny", "bridge default is not allowed", "devices/interface[4]/source/@bridge"],
  ]);
});

test("a name is compared letter for letter", async () => {
  for (const name of ["Default", "default ", "defaul", "default,dmz", "*"]) {
    const decision = await judge(guestWith(network(name)));
    assert.deepEqual(findingsOf(decision), [
      ["deny", `network ${name} is not allowed`, "devices/interface[1]/source/@network"],
    ]);
  }
});

test("an interface that names no network or bridge is denied", async () => {
  const decision = await judge(
    guestWith("<interface type='network'/>", "<interface type='bridge'><source network='default'/></interface>"),
  );
  assert.deepEqual(findingsOf(decision), [
    ["deny", "network without a name is not allowed", "devices/interface[1]/source/@network"],
    ["deny", "bridge without a name is not allowed", "devices/interface[2]/source/@bridge"],
  ]);
});

test("every other kind of interface is denied, whatever it names", async () => {
  const types = ["user", "ethernet", "direct", "hostdev", "vhostuser", "internal", "vdpa", "null"];
  const interfaces = types.map(
    (type) => `<interface type='${type}'><source network='default' bridge='br0'/></interface>`,
  );
  const decision = await judge(guestWith(...interfaces));
  assert.deepEqual(
    findingsOf(decision),
    types.map((type, index) => [
      "deny",
      `interface type ${type} is not allowed; only listed networks and bridges are`,
      `devices/interface[${index + 1}]/@type`,
    ]),
  );
});

test("without settings nothing is listed, so that every interface is denied and no interface is allowed", async () => {
  assert.equal((await judgeWithoutSettings(guestWith(network("default")))).status, 1);
  assert.equal((await judgeWithoutSettings(guestWith(bridge("br0")))).status, 1);
  assert.equal((await judgeWithoutSettings(guest())).status, 0);
});

test("settings that the policy does not know or accept stop the build", async () => {
  const problems = async (settings: object) => {
    const lines = await problemsOf(bundleOf(POLICY, { [NAME]: { settings } }), "/");
    return lines.map((line) => line.replace(/^.*virt-warden\.yaml:\d+:\d+: /, ""));
  };
  const [unknown] = await problems({ network: ["default"] });
  assert.match(unknown ?? "", /^rules\.allowed-networks\.settings\.network is not what the policy accepts: /);
  const [wrong] = await problems({ bridges: ["br0", 7] });
  assert.match(wrong ?? "", /^rules\.allowed-networks\.settings\.bridges\[1\] is not what the policy accepts: /);
});

/** A container with these elements. */
function container(parts = ""): string {
  return guestWith()
    .replace("kvm'", "lxc' xmlns:lxc='http://libvirt.org/schemas/domain/lxc/1.0'")
    .replace("<devices></devices>", parts);
}

test("containers' and Xen guests' interfaces are judged as well", async () => {
  for (const event of ["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const) {
    assert.equal((await judge(guestWith(network("dmz"), bridge("br0")), event)).status, 0, event);
    const decision = await judge(guestWith(network("lab"), "<interface type='ethernet'/>"), event);
    assert.deepEqual(findingsOf(decision), [
      ["deny", "network lab is not allowed", "devices/interface[1]/source/@network"],
      [
        "deny",
        "interface type ethernet is not allowed; only listed networks and bridges are",
        "devices/interface[2]/@type",
      ],
    ]);
  }
});

test("a container without interfaces is denied, since it has the host's, unless it has a network of its own", async () => {
  const shares = "without interfaces the container shares all of the host's network; give it features/privnet";
  assert.deepEqual(findingsOf(await judge(container(), "lxc/prepare")), [["deny", shares, undefined]]);
  const disks =
    "<devices><hostdev mode='capabilities' type='storage'><source><block>/dev/sda</block></source></hostdev></devices>";
  assert.deepEqual(findingsOf(await judge(container(disks), "lxc/prepare")), [["deny", shares, undefined]]);
  assert.equal((await judge(container("<features><privnet/></features>"), "lxc/prepare")).status, 0);
  assert.equal((await judge(container(), "libxl/prepare")).status, 0);
});

test("a container that is given the host's interface, or another's network, is denied", async () => {
  const hostdev = (name: string) =>
    `<hostdev mode='capabilities' type='net'><source><interface>${name}</interface></source></hostdev>`;
  const given = await judge(container(`<devices>${network("dmz")}${hostdev("eth0")}</devices>`), "lxc/prepare");
  assert.deepEqual(findingsOf(given), [
    ["deny", "the host's interface eth0 is not allowed", "devices/hostdev[1]/source/interface"],
  ]);
  const alone = await judge(container(`<devices>${hostdev("eth1")}</devices>`), "lxc/prepare");
  assert.deepEqual(
    findingsOf(alone).map(([, reason]) => reason),
    ["the host's interface eth1 is not allowed"],
  );
  const shared = await judge(
    container("<lxc:namespace><lxc:sharenet type='pid' value='1'/></lxc:namespace>"),
    "lxc/prepare",
  );
  assert.deepEqual(findingsOf(shared), [["deny", "the network of pid 1 is not allowed", "lxc:namespace/lxc:sharenet"]]);
});
