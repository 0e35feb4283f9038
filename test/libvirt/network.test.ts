import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addBridge, attachedTo } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { ownersOnly } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

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
    host = await startHost({ hostname: "networked" });
    await putOn(host, warden);
    await addBridge(host, BRIDGE);
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
  const attached = () => attachedTo(host, BRIDGE);
  const portOfMember = async () =>
    (await host.virsh("dumpxml", "member")).stdout.match(/portid='([^']+)'/)?.[1] ?? assert.fail("no port");

  it("does not start a guest that may not, and tells virsh the reason", async () => {
    const { status, stderr } = await start("stranger");
    assert.equal(status, 1);
    assert.match(stderr, DENIED);
    assert.deepEqual(await attached(), []);
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
});
