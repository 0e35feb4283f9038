import assert from "node:assert/strict";
import { readdirSync, readlinkSync } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { build, type Ended, GUEST, LAUNCHER, start } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { namespaceOf, processesWith, readFile, statusOf, waitFor } from "../support/process.ts";
import { copyProduct } from "../support/product-copy.ts";

const LOOP = "for (;;);";

/** Starts a hook whose policy loops, and finds the process that runs the policy. */
async function startLoop(
  launcher = LAUNCHER,
  options: { uid?: number; gid?: number } = {},
): Promise<{ pid: number; object: string; ended: Promise<Ended> }> {
  const { bundle } = await build({ loop: LOOP }, "limits: { time: 4s, deadline: 8s }");
  if (options.uid !== undefined) await chmod(join(bundle, ".."), 0o755);
  const object = `guest-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const words = ["hook", "--bundle", bundle, "qemu", object, "prepare", "begin", "-"];
  const env = { ...process.env, SECRET: "of-the-caller" };
  const { ended } = start(launcher, words, GUEST, { env, ...options });
  const isEvaluator = (pid: number): boolean => readFile(pid, "cmdline").startsWith("/proc/self/fd/6");
  const pid = await waitFor(() => processesWith(object).find(isEvaluator));
  return { pid, object, ended };
}

describe("the wall around a policy's process", () => {
  test("is another user without capabilities or groups, in namespaces of its own, bounded, when root calls", {
    ...needsRoot(),
  }, async () => {
    const { pid, object, ended } = await startLoop();
    assert.ok(
      statusOf(pid, "Uid").every((uid) => uid !== "0"),
      "no user id is root's",
    );
    assert.ok(
      statusOf(pid, "Gid").every((gid) => gid !== "0"),
      "no group id is root's",
    );
    assert.deepEqual(statusOf(pid, "Groups"), [""]);
    for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]) {
      assert.deepEqual(statusOf(pid, set), ["0000000000000000"], set);
    }
    assert.deepEqual(statusOf(pid, "NoNewPrivs"), ["1"]);
    assert.equal(statusOf(pid, "NSpid").at(-1), "1");
    assert.notEqual(namespaceOf(pid, "pid"), namespaceOf("self", "pid"));
    assert.notEqual(namespaceOf(pid, "net"), namespaceOf("self", "net"));
    const limits = readFile(pid, "limits");
    assert.match(limits, /^Max data size +\d+ +\d+ /m);
    assert.match(limits, /^Max stack size +8388608 +8388608 /m);
    assert.match(limits, /^Max core file size +0 +0 /m);
    assert.match(limits, /^Max cpu time +\d+ +\d+ /m);
    assert.equal(readFile(pid, "environ"), "");
    assert.equal(readlinkSync(`/proc/${pid}/cwd`), "/");
    const { status, stderr } = await ended;
    assert.match(stderr, /^virt-warden: policy loop failed: timed out after 4000 ms\n$/);
    assert.equal(status, 2);
    assert.deepEqual(processesWith(object), []);
  });

  test("has no descriptor that leads to the caller's stdout, stderr or files", { ...needsRoot() }, async () => {
    const { pid, ended } = await startLoop();
    const descriptors = readdirSync(`/proc/${pid}/fd`).map((fd) => [fd, readlinkSync(`/proc/${pid}/fd/${fd}`)]);
    const targets = Object.fromEntries(descriptors) as Record<string, string>;
    assert.deepEqual([targets[1], targets[2]], ["/dev/null", "/dev/null"]);
    const files = Object.values(targets).filter((target) => target.startsWith("/") && target !== "/dev/null");
    for (const file of files) {
      const expected = /virt-warden\.\w+ \(deleted\)$|policies\.js$|manifest\.json$|bin\/node$|evaluator\.cjs$|\.node$/;
      assert.match(file, expected);
    }
    await ended;
  });

  test("stands in a folder that only root may enter", { ...needsRoot() }, async () => {
    const launcher = await copyProduct(0);
    const { pid, ended } = await startLoop(launcher);
    assert.notEqual(statusOf(pid, "Uid")[0], "0");
    assert.equal((await ended).status, 2);
  });

  test("stands for an ordinary user too, who keeps its own id and gains nothing", { ...needsRoot() }, async () => {
    const uid = 65_533;
    const launcher = await copyProduct(uid);
    const { pid, object, ended } = await startLoop(launcher, { uid, gid: uid });
    assert.deepEqual(statusOf(pid, "Uid"), Array(4).fill(String(uid)));
    assert.deepEqual(statusOf(pid, "NoNewPrivs"), ["1"]);
    assert.match(readFile(pid, "limits"), /^Max core file size +0 +0 /m);
    const { status, stderr } = await ended;
    assert.match(stderr, /^virt-warden: policy loop failed: timed out after 4000 ms\n/);
    assert.equal(status, 2);
    assert.deepEqual(processesWith(object), []);
  });

  test("ends with the deadline, and says which policy was running", async () => {
    const many = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, LOOP]));
    const { bundle } = await build(many, "limits: { time: 700ms, deadline: 2s }");
    const started = performance.now();
    const words = ["hook", "--bundle", bundle, "qemu", "web1", "prepare", "begin", "-"];
    const { status, stderr } = await start(LAUNCHER, words, GUEST).ended;
    assert.match(stderr, /engine failure: out of time before every policy ran, while policy [a-d] did/);
    assert.equal(status, 3);
    assert.ok(performance.now() - started < 4000);
  });

  test("leaves no file behind", async () => {
    const { bundle } = await build({ loop: LOOP }, "limits: { time: 300ms }");
    const folder = await makeFolder();
    await mkdir(join(folder, "tmp"));
    const before = readdirSync("/dev/shm").filter((name) => name.startsWith("virt-warden"));
    const words = ["hook", "--bundle", bundle, "qemu", "web1", "prepare", "begin", "-"];
    await start(LAUNCHER, words, GUEST, { env: { ...process.env, TMPDIR: join(folder, "tmp") } }).ended;
    assert.deepEqual(
      readdirSync("/dev/shm").filter((name) => name.startsWith("virt-warden")),
      before,
    );
    assert.deepEqual(readdirSync(join(folder, "tmp")), []);
  });
});
