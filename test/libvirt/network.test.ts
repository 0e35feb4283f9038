import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { waitUntil } from "./host/wait-until.ts";
import { ownersOnly } from "./policies.ts";
import { makeWarden, parseDecisions, type Warden } from "./warden.ts";

const NETWORK = "office";
const BRIDGE = "br-office";
const DENIED = /virt-warden: denied by owners-only: the guest may not use this network/;

describe("libvirt asks the policies before a guest uses a network", {
  skip: missingForLibvirt(),
  timeout: 300_000,
}, () => {
  let warden: Warden;
  let host: Host;

  before(async () => {
    warden = await makeWarden({ "owners-only.ts": ownersOnly("member") });
    host = await startHost({ hostname: "networked", hooks: { network: warden.bundleHook.network } });
    const { status, stderr } = await host.run("ip", "link", "add", BRIDGE, "type", "bridge");
    assert.equal(status, 0, stderr);
    await host.startNetwork(
      NETWORK,
      `<network><name>${NETWORK}</name><forward mode='bridge'/><bridge name='${BRIDGE}'/></network>`,
    );
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const devices = `<interface type='network'><source network='${NETWORK}'/><model type='virtio'/></interface>`;
  const start = async (name: string, uuid?: string) => {
    await host.defineGuest(name, { devices, ...(uuid && { uuid }) });
    return host.virsh("start", name);
  };
  const attached = async () =>
    (await host.run("ip", "-br", "link", "show", "master", BRIDGE)).stdout.match(/^vnet\d+/gm);
  const portOfMember = async () =>
    (await host.virsh("dumpxml", "member")).stdout.match(/portid='([^']+)'/)?.[1] ?? assert.fail("no port");

  it("does not start a guest that may not, and tells virsh the reason", async () => {
    const { status, stderr } = await start("stranger");
    assert.equal(status, 1);
    assert.match(stderr, DENIED);
    assert.equal(await attached(), null);
  });

  it("starts a guest that may", async () => {
    const { status, stderr } = await start("member");
    assert.equal(status, 0, stderr);
    assert.deepEqual(await attached(), ["vnet0"]);
  });

  it("does not attach an interface to a running guest that may not", async () => {
    await host.defineGuest("plugger");
    await host.virsh("start", "plugger");
    const { status, stderr } = await host.virsh("attach-interface", "plugger", "network", NETWORK, "--live");
    assert.equal(status, 1);
    assert.match(stderr, DENIED);
    assert.deepEqual(await attached(), ["vnet0"]);
  });

  it("is not fooled by a guest whose UUID is that of another guest's port", async () => {
    const { status, stderr } = await start("forger", await portOfMember());
    await host.virsh("destroy", "forger");
    assert.equal(status, 1);
    assert.match(stderr, DENIED);
  });

  it("leaves a running guest's interface attached when the daemon restarts, whatever the policy says by then", async () => {
    await warden.build({ "owners-only.ts": ownersOnly() });
    const before = warden.decisionsOn(NETWORK).length;
    await host.restartDaemon();
    await waitUntil("the port's judgement", () => warden.decisionsOn(NETWORK).length > before);
    const again = warden.decisionsOn(NETWORK).slice(before);
    assert.deepEqual(
      again.map(({ event, status, findings }) => ({ event, status, policies: findings.map(({ policy }) => policy) })),
      [{ event: "network/port-created", status: 0, policies: ["owners-only"] }],
    );
    assert.equal((await host.virsh("domstate", "member")).stdout.trim(), "running");
    assert.deepEqual(await attached(), ["vnet0"]);
    // libvirt counts an interface only when its hook agrees
    assert.match((await host.virsh("net-dumpxml", NETWORK)).stdout, /<network connections='1'>/);
    assert.match((await start("latecomer")).stderr, DENIED);
  });

  it("leaves it attached without a bundle as well, while new guests are refused", async () => {
    rmSync(warden.bundle, { recursive: true });
    await host.restartDaemon();
    const log = "/var/log/virt-warden/decisions.log";
    const judged = async () => parseDecisions((await host.run("cat", log)).stdout);
    await waitUntil("the port's judgement", async () => (await judged()).length > 0);
    assert.deepEqual(
      (await judged()).map(({ event, status, error }) => ({ event, status, code: error?.code })),
      [{ event: "network/port-created", status: 0, code: "bundle" }],
    );
    assert.deepEqual(await attached(), ["vnet0"]);
    assert.match((await host.virsh("net-dumpxml", NETWORK)).stdout, /<network connections='1'>/);
    assert.match((await host.virsh("start", "latecomer")).stderr, /virt-warden: engine failure: there is no bundle/);
  });
});
