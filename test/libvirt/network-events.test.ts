import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { addBridge, startGuest } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { policy } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

const OPERATIONS = ["start", "started", "updated", "stopped", "port-created", "port-deleted"];
const EVENTS = OPERATIONS.map((operation) => `network/${operation}`);
const NEW_GROUP = "<portgroup name='printers'/>";
const MAC = "52:54:00:aa:bb:cc";

/** Logs what its context holds. */
const SEES = `const { network, port, log } = context;
  log.info("saw", {
    network: network.name, bridge: network.bridge?.name, groups: network.portgroup.length,
    ...(port && { owner: port.owner.name, mac: port.mac?.address, plug: port.plug?.type }),
  });`;

const denyNetwork = (name: string, network: string, event: string, parts = "") =>
  policy(
    name,
    [event],
    `if (context.network.name === "${network}") context.deny("${network} may not be used");`,
    parts,
  );

describe("libvirt tells the policies what becomes of a network", {
  skip: missingForLibvirt(),
  timeout: 300_000,
}, () => {
  let warden: Warden;
  let host: Host;

  before(async () => {
    warden = await makeWarden({
      "sees.ts": policy("sees", EVENTS, SEES),
      "at-start.ts": denyNetwork("at-start", "forbidden", "network/start"),
      "only-told.ts": denyNetwork("only-told", "frowned", "network/started"),
      "at-started.ts": denyNetwork("at-started", "doomed", "network/started", 'whenRunning: "kill",'),
    });
    host = await startHost({ hostname: "networks" });
    await putOn(host, warden);
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const define = async (name: string) => {
    await addBridge(host, `br-${name}`);
    const file = host.at("/run/network.xml");
    writeFileSync(file, `<network><name>${name}</name><forward mode='bridge'/><bridge name='br-${name}'/></network>`);
    assert.equal((await host.virsh("net-define", file)).status, 0);
  };
  const isActive = async (name: string) => /^Active: +yes$/m.test((await host.virsh("net-info", name)).stdout);
  const must = async (...args: readonly string[]) => {
    const { status, stderr } = await host.virsh(...args);
    assert.equal(status, 0, stderr);
  };
  /** What the policies saw, and how it was decided. */
  const seen = (network: string) =>
    warden
      .readLog()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { event: string; object: string; status: number; logs: { fields: object }[] })
      .filter(({ object }) => object === network)
      .map(({ event, status, logs }) => ({ event, status, ...logs[0]?.fields }));

  it("does not start one that a policy denies, and tells virsh the reason", async () => {
    await define("forbidden");
    const { status, stderr } = await host.virsh("net-start", "forbidden");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: denied by at-start: forbidden may not be used/);
    assert.equal(await isActive("forbidden"), false);
  });

  it("starts one that every policy allows, and tells them of its start, its change and its end", async () => {
    await define("office");
    await must("net-start", "office");
    assert.equal(await isActive("office"), true);
    await must("net-update", "office", "add", "portgroup", NEW_GROUP, "--live");
    await must("net-destroy", "office");
    const office = { status: 0, network: "office", bridge: "br-office" };
    assert.deepEqual(seen("office"), [
      { event: "network/start", ...office, groups: 0 },
      { event: "network/started", ...office, groups: 0 },
      { event: "network/updated", ...office, groups: 1 },
      { event: "network/stopped", ...office, groups: 1 },
    ]);
  });

  it("tells them of each port with the guest that owns it, when it comes and when it goes", async () => {
    await define("ports");
    await must("net-start", "ports");
    const devices = `<interface type='network'><mac address='${MAC}'/><source network='ports'/></interface>`;
    await startGuest(host, "owner", { devices });
    await must("destroy", "owner");
    const port = {
      status: 0,
      network: "ports",
      bridge: "br-ports",
      groups: 0,
      owner: "owner",
      mac: MAC,
      plug: "bridge",
    };
    assert.deepEqual(seen("ports").slice(2), [
      { event: "network/port-created", ...port },
      { event: "network/port-deleted", ...port },
    ]);
  });

  it("leaves one up that a policy denies once it is up, as guests may use it by then", async () => {
    await define("frowned");
    await must("net-start", "frowned");
    assert.equal(await isActive("frowned"), true);
    const { status, findings } = await warden.untilDecided("network/started", "frowned");
    assert.equal(status, 0);
    assert.deepEqual(
      findings.map((finding) => finding.policy),
      ["only-told"],
    );
  });

  it('takes one down then where the policy says whenRunning: "kill"', async () => {
    await define("doomed");
    const { status, stderr } = await host.virsh("net-start", "doomed");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: denied by at-started: doomed may not be used/);
    assert.equal(await isActive("doomed"), false);
  });
});
