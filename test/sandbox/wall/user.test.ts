import assert from "node:assert/strict";
import { readlinkSync } from "node:fs";
import { chmod, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { makeFolder } from "../../support/folder.ts";
import { build, type Ended, GUEST, LAUNCHER, start } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { namespaceOf, processesWith, readFile as readProcessFile, statusOf, waitFor } from "../../support/process.ts";
import { copyProduct } from "../../support/product-copy.ts";
import { needsLayers } from "./needs-layers.ts";
import { evaluatorOf, uniqueName } from "./run-probe.ts";

const CAPABILITIES = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"];

/** Starts a hook whose policy loops, and finds the process that runs the policy. */
async function startLoop(
  launcher: string,
  options: { uid?: number; gid?: number } = {},
): Promise<{ pid: number; object: string; ended: Promise<Ended> }> {
  const { bundle } = await build({ loop: "for (;;);" }, "limits: { time: 2s, deadline: 8s }");
  if (options.uid !== undefined) await chmod(dirname(bundle), 0o755);
  const object = uniqueName();
  const words = ["hook", "--bundle", bundle, "qemu", object, "prepare", "begin", "-"];
  const { ended } = start(launcher, words, GUEST, options);
  return { pid: await waitFor(() => evaluatorOf(object)), object, ended };
}

async function assertStopped(object: string, ended: Promise<Ended>): Promise<void> {
  const { status, stderr } = await ended;
  assert.match(stderr, /^virt-warden: policy loop failed: timed out after 2000 ms\n/);
  assert.equal(status, 2);
  assert.deepEqual(processesWith(object), []);
}

describe("a policy's process", () => {
  test("is nobody's, in a world of its own, even where the product's folder is root's alone", {
    ...needsRoot(),
  }, async (context) => {
    if (await needsLayers(context, "network", "processes", "ipc", "capabilities")) return;
    const { pid, object, ended } = await startLoop(await copyProduct(0));
    for (const ids of ["Uid", "Gid"]) assert.ok(!statusOf(pid, ids).includes("0"), `${ids} is not root's`);
    assert.deepEqual(statusOf(pid, "Groups"), [""]);
    for (const set of CAPABILITIES) assert.deepEqual(statusOf(pid, set), ["0000000000000000"], set);
    assert.deepEqual(statusOf(pid, "NoNewPrivs"), ["1"]);
    for (const kind of ["pid", "net", "ipc", "mnt"]) {
      assert.notEqual(namespaceOf(pid, kind), namespaceOf("self", kind), kind);
    }
    assert.equal(readProcessFile(pid, "environ"), "");
    assert.equal(readlinkSync(`/proc/${pid}/cwd`), "/");
    await assertStopped(object, ended);
  });

  test("is an ordinary caller's own, and gains nothing", { ...needsRoot() }, async () => {
    const uid = 65_533;
    const { pid, object, ended } = await startLoop(await copyProduct(uid), { uid, gid: uid });
    assert.deepEqual(statusOf(pid, "Uid"), Array(4).fill(String(uid)));
    assert.deepEqual(statusOf(pid, "NoNewPrivs"), ["1"]);
    const limits = readProcessFile(pid, "limits");
    assert.match(limits, /^Max core file size +0 +0 /m);
    assert.match(limits, /^Max file size +0 +0 /m);
    assert.match(limits, /^Max data size +\d+ +\d+ /m);
    assert.equal(readProcessFile(pid, "environ"), "");
    await assertStopped(object, ended);
  });

  test("leaves no file behind, nor does the launcher", { ...needsRoot() }, async () => {
    const { bundle, folder } = await build({ loop: "for (;;);" }, "limits: { time: 100ms }");
    const list = join(folder, "list");
    const temporary = await makeFolder();
    // out of sight of other decisions
    const script = `mount -t tmpfs none /run && mount -t tmpfs none /dev/shm && "$@"; status=$?
      find /run /dev/shm "$TMPDIR" ! -type d ! -path "/run/virt-warden/turns/*" >${list}; exit $status`;
    const words = [LAUNCHER, "hook", "--bundle", bundle, "qemu", "web1", "prepare", "begin", "-"];
    const env = { ...process.env, TMPDIR: temporary };
    const { status } = await start("unshare", ["--mount", "sh", "-c", script, "sh", ...words], GUEST, { env }).ended;
    assert.equal(status, 2);
    assert.equal(await readFile(list, "utf8"), "");
  });
});
