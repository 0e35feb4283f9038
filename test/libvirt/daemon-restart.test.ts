import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { addBridge, assertAlive, attachedTo, type GuestProcesses, guestProcesses, startGuest } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { waitUntil } from "./host/wait-until.ts";
import { addProduct, putOn, removeProduct } from "./installed.ts";
import { denyAt, failing, watch } from "./policies.ts";
import { type LoggedDecision, makeWarden, parseDecisions, readDefaultLog, type Warden } from "./warden.ts";

const NETWORK = "office";
const BRIDGE = "br-office";
const GUESTS = ["long-lived-1", "long-lived-2"];
const NOTES = "/run/reconnected";
const EVENTS = ["qemu/started", "qemu/reconnect", "network/port-created"];
const devices = `<interface type='network'><source network='${NETWORK}'/><model type='virtio'/></interface>`;

describe("running guests and their network outlive the daemon's restart", {
  skip: missingForLibvirt(),
  timeout: 300_000,
}, () => {
  let warden: Warden;
  let host: Host;
  let processes: GuestProcesses;
  let interfaces: readonly string[];

  before(async () => {
    const limits = "{ time: 200ms, deadline: 20s }";
    warden = await makeWarden({ "no-return.ts": watch("no-return", ...EVENTS) }, { limits });
    host = await startHost({ hostname: "restarted" });
    await putOn(host, warden, await addProduct(host));
    // after ours: what it has noted, ours has answered
    const note = `#!/bin/sh\n[ "$2" != reconnect ] || echo "$1" >>${NOTES}\n`;
    writeFileSync(host.at("/etc/libvirt/hooks/qemu.d/zzz-note"), note, { mode: 0o755 });
    await addBridge(host, BRIDGE);
    await host.startNetwork(
      NETWORK,
      `<network><name>${NETWORK}</name><forward mode='bridge'/><bridge name='${BRIDGE}'/></network>`,
    );
    for (const name of GUESTS) await startGuest(host, name, { devices });
    processes = guestProcesses(host);
    interfaces = await attachedTo(host, BRIDGE);
    assert.deepEqual([Object.keys(processes), interfaces.length], [GUESTS, GUESTS.length]);
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  /** Restarts the daemon, and gives what is in the log about it: a decision for each guest and each port. */
  const restart = async (readLog: () => string): Promise<readonly LoggedDecision[]> => {
    // without a bundle nobody knows what is watched, and so the daemon's own events are logged as well
    const all = () => parseDecisions(readLog()).filter(({ event }) => !event.startsWith("daemon/"));
    const old = all().length;
    await host.restartDaemon();
    const decisions = () => all().slice(old);
    await waitUntil("a decision on each guest and each port", () => decisions().length >= 2 * GUESTS.length);
    return decisions();
  };
  const assertUnharmed = async () => {
    await assertAlive(host, processes);
    assert.deepEqual(await attachedTo(host, BRIDGE), interfaces);
    // libvirt counts an interface only when its hook agrees
    assert.match((await host.virsh("net-dumpxml", NETWORK)).stdout, /<network connections='2'>/);
  };
  const told = (decisions: readonly LoggedDecision[]) =>
    decisions.map(({ event, object, status }) => `${event} ${object} ${status}`).sort();
  const ONE_EACH = [
    ...GUESTS.map(() => `network/port-created ${NETWORK} 0`),
    ...GUESTS.map((name) => `qemu/reconnect ${name} 0`),
  ];

  it("under a policy that denies everything, while new guests are refused", async () => {
    await warden.build({ "no-return.ts": denyAt("no-return", ...EVENTS) });
    const decisions = await restart(warden.readLog);
    assert.deepEqual(told(decisions), ONE_EACH);
    for (const { findings } of decisions)
      assert.deepEqual(
        findings.map(({ policy }) => policy),
        ["no-return"],
      );
    await assertUnharmed();
    await host.defineGuest("newcomer", { devices });
    const { status, stderr } = await host.virsh("start", "newcomer");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: denied by no-return: nothing passes network\/port-created/);
  });

  it("under policies that throw, loop and hoard memory", async () => {
    await warden.build(failing(...EVENTS));
    const decisions = await restart(warden.readLog);
    assert.deepEqual(told(decisions), ONE_EACH);
    for (const { failures } of decisions) {
      assert.deepEqual(failures.map(({ policy }) => policy).sort(), ["hoards", "loops", "throws"]);
    }
    await assertUnharmed();
  });

  it("without a bundle, while new guests are refused", async () => {
    rmSync(warden.bundle, { recursive: true });
    const decisions = await restart(() => readDefaultLog(host));
    assert.deepEqual(told(decisions), ONE_EACH);
    for (const { error } of decisions) assert.equal(error?.code, "bundle");
    await assertUnharmed();
    const { status, stderr } = await host.virsh("start", "newcomer");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: engine failure: there is no bundle/);
  });

  it("without the product, while new guests are refused", async () => {
    await removeProduct(host);
    rmSync(host.at(NOTES), { force: true });
    await host.restartDaemon();
    const noted = () => (existsSync(host.at(NOTES)) ? readFileSync(host.at(NOTES), "utf8").split("\n") : []);
    await waitUntil("each guest's reconnect", () => GUESTS.every((name) => noted().includes(name)));
    await assertUnharmed();
    const { status, stderr } = await host.virsh("start", "newcomer");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: engine failure: \/run\/product\/bin\/virt-warden is missing or cannot be run/);
  });
});
