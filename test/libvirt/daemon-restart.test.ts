import assert from "node:assert/strict";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { waitUntil } from "./host/wait-until.ts";
import { denyAt } from "./policies.ts";
import { hookScripts, makeWarden, parseDecisions, type Warden } from "./warden.ts";

const GUEST = "long-lived";

describe("a running guest outlives the daemon's restart", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let warden: Warden;
  let host: Host;
  let pid: string;

  before(async () => {
    warden = await makeWarden({ "no-return.ts": denyAt("no-return", "qemu/reconnect", "qemu/started") });
    host = await startHost({ hostname: "restarted", hooks: { qemu: warden.bundleHook.qemu } });
    await host.defineGuest(GUEST);
    const { status, stderr } = await host.virsh("start", GUEST);
    assert.equal(status, 0, stderr);
    pid = pidOfGuest();
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const pidOfGuest = () => readFileSync(host.at(`/run/libvirt/qemu/${GUEST}.pid`), "utf8");
  const assertStillRunning = async () => {
    assert.equal((await host.virsh("domstate", GUEST)).stdout.trim(), "running");
    assert.equal(pidOfGuest(), pid);
  };

  it("under a policy that denies everything at started and at reconnect", async () => {
    const started = await warden.untilDecided("qemu/started", GUEST);
    await host.restartDaemon();
    const reconnect = await warden.untilDecided("qemu/reconnect", GUEST);
    for (const { status, findings } of [started, reconnect]) {
      assert.equal(status, 0);
      assert.deepEqual(
        findings.map(({ policy }) => policy),
        ["no-return"],
      );
    }
    await assertStillRunning();
  });

  it("without a bundle", async () => {
    renameSync(warden.bundle, `${warden.bundle}-away`);
    await host.restartDaemon();
    // without a bundle, nothing says where the log is: the default place, which is the host's own
    const log = host.at("/var/log/virt-warden/decisions.log");
    await waitUntil("the engine's failure in the log", () => existsSync(log));
    const decisions = parseDecisions(readFileSync(log, "utf8"));
    assert.deepEqual(
      decisions.map(({ event, object, status, error }) => ({ event, object, status, code: error?.code })),
      [{ event: "qemu/reconnect", object: GUEST, status: 0, code: "bundle" }],
    );
    await assertStillRunning();
    await host.defineGuest("newcomer");
    const { status, stderr } = await host.virsh("start", "newcomer");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: engine failure: there is no bundle/);
  });

  it("without virt-warden's launcher, while new guests are refused", async () => {
    host.installHook("qemu", hookScripts(["--bundle", warden.bundle], "/nowhere/bin/virt-warden").qemu);
    await host.restartDaemon();
    const { status, stderr } = await host.virsh("start", "newcomer");
    assert.equal(status, 1);
    assert.match(stderr, /No such file or directory/);
    await assertStillRunning();
  });
});
