import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { promisify } from "node:util";
import { productRoot } from "../../../src/product.ts";
import { type Built, build, type Ended, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { missingLayers, needsLayers } from "./needs-layers.ts";
import { type Lack, onHostWithout } from "./poor-host.ts";
import { makeProduct, type Product } from "./product.ts";
import { callHook, lastLine, uniqueName } from "./run-probe.ts";

const DENIED = "virt-warden: denied by no-bad: bad guests do not start\n";
const BAD = GUEST.replace("web1", "bad");

/** Hosts that lack layers, and which those are. */
const LACKS: Readonly<Record<string, readonly [Lack, ...(readonly string[])]>> = {
  "the right to make namespaces": [{ capability: "sys_admin" }, "network", "processes", "ipc"],
  "the program unshare": [{ missing: "unshare" }, "network", "processes", "ipc"],
  "network namespaces": [{ program: "unshare", refuses: "--net" }, "network"],
  "PID namespaces": [{ program: "unshare", refuses: "--pid" }, "processes"],
  "IPC namespaces": [{ program: "unshare", refuses: "--ipc" }, "ipc"],
  "the right to drop capabilities": [{ capability: "setpcap" }, "capabilities"],
};

describe("a host that lacks a layer", { ...needsRoot(), concurrency: 2 }, () => {
  let built: Built;
  let real: Product;
  before(async () => {
    built = await build({
      "no-bad": 'if (context.domain.name === "bad") context.deny("bad guests do not start");',
    });
    real = await makeProduct("real");
  });

  test("is not this one", async (context) => {
    if (await needsLayers(context, "network", "processes", "ipc", "capabilities")) return;
    assert.deepEqual(await missingLayers(), []);
  });

  for (const [what, [lack, ...layers]] of Object.entries(LACKS)) {
    test(`still gets the right verdict, and a line in the log: ${what}`, async (context) => {
      if (await needsLayers(context, "network", "processes", "ipc", "capabilities")) return;
      const call = { through: await onHostWithout(lack), object: uniqueName() };
      assert.deepEqual(await callHook(real, built, BAD, call), { status: 1, stdout: "", stderr: DENIED });
      assert.deepEqual(await skipped(call.object), layers);
      assert.equal((await callHook(real, built, "<broken", call)).status, 3);
      assert.deepEqual(await skipped(call.object), layers, "beside an engine failure");
    });
  }

  for (const [program, killedWith] of [
    ["unshare", "--net"],
    ["unshare", "--pid"],
    ["setpriv", "--bounding-set"],
  ] as const) {
    test(`is no host where ${program} ${killedWith} is killed when the service looks`, async (context) => {
      if (await needsLayers(context, "network", "processes", "ipc", "capabilities")) return;
      const [through = "", ...words] = await onHostWithout({ program, killedWith });
      const { stdout } = await promisify(execFile)(through, [...words, join(productRoot, "bin/serve-layers")]);
      assert.equal(stdout, "\n");
    });
  }

  test("never runs a policy as root: without the right to change its user, it refuses", async () => {
    // would allow, if it ran
    const probe = await makeProduct("probe.cjs");
    for (const lack of [
      { capability: "setuid" },
      { capability: "setgid" },
      { program: "setpriv", refuses: "--clear-groups" },
      { program: "setpriv", refuses: "--no-new-privs" },
    ]) {
      const document = JSON.stringify({ attempt: "status", key: "Uid" });
      refused(await callHook(probe, built, document, { through: await onHostWithout(lack) }), /.*/);
    }
  });

  for (const [program, suite] of [
    ["setpriv", "util-linux"],
    ["timeout", "coreutils"],
    ["env", "coreutils"],
    ["head", "coreutils"],
  ] as const) {
    test(`refuses in a clear line where ${program} is missing`, async () => {
      const ended = await callHook(real, built, GUEST, { through: await onHostWithout({ missing: program }) });
      refused(ended, new RegExp(`${program} is missing; install it \\(it comes with ${suite}\\)`));
    });
  }

  async function skipped(object: string): Promise<unknown> {
    return (JSON.parse(await lastLine(built, object)) as { skippedLayers?: unknown }).skippedLayers;
  }
});

function refused({ status, stdout, stderr }: Ended, why: RegExp): void {
  // the log is written under a lock, with a time limit
  assert.match(
    stderr,
    /^virt-warden: engine failure: .+\n(virt-warden: warning: cannot write the decision log .+\n)?$/,
  );
  assert.match(stderr, why);
  assert.deepEqual([status, stdout], [3, ""]);
}
