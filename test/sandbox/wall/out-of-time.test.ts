import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Built, build, type Ended, hook } from "../../support/launcher.ts";
import { lastLine } from "./run-probe.ts";

const LOOP = "for (;;);";

/** Nothing stops it but the end of its process. */
const STUCK = "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 } as never, 1);";

interface Logged {
  readonly status: number;
  readonly findings: readonly { readonly policy: string }[];
  readonly failures: readonly { readonly policy: string }[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** A hook's end, its log line, and how long it took in milliseconds. */
async function timed(built: Built): Promise<Ended & { readonly logged: Logged; readonly took: number }> {
  const started = performance.now();
  const ended = await hook(built.bundle);
  return { ...ended, took: performance.now() - started, logged: JSON.parse(await lastLine(built)) as Logged };
}

describe("a decision that runs out of time", () => {
  for (const [how, source] of [["is stopped", LOOP] as const, ["cannot be stopped", STUCK] as const]) {
    test(`says what it found until then, where what takes the time ${how}`, async () => {
      const loops = Object.fromEntries(["c", "d", "e", "f", "g", "h"].map((name) => [`${name}-loops`, source]));
      const built = await build(
        { "a-denies": 'context.deny("found in time");', "b-throws": 'throw new Error("in time");', ...loops },
        "limits: { time: 700ms, deadline: 4s }",
      );
      const { status, stderr, logged, took } = await timed(built);
      assert.match(
        stderr,
        /^virt-warden: engine failure: out of time before every policy ran, while policy [d-h]-loops did$/m,
      );
      assert.match(stderr, /^virt-warden: denied by a-denies: found in time$/m);
      assert.match(stderr, /^virt-warden: policy b-throws failed: Error: in time$/m);
      assert.match(stderr, /^virt-warden: policy c-loops failed: timed out after 700 ms$/m);
      assert.equal(status, 3);
      assert.equal(logged.status, 3);
      assert.equal(logged.error?.code, "deadline");
      assert.deepEqual(
        logged.findings.map(({ policy }) => policy),
        ["a-denies"],
      );
      assert.deepEqual(
        logged.failures.slice(0, 2).map(({ policy }) => policy),
        ["b-throws", "c-loops"],
      );
      assert.ok(took < 4500 + 5000, `${took} ms, where half a second beyond the deadline is promised`);
    });
  }

  test("is no engine failure where every policy was reached, and only the last is stuck", async () => {
    const built = await build(
      { "a-denies": 'context.deny("found in time");', "z-stuck": STUCK },
      "limits: { time: 900ms, deadline: 3s }",
    );
    const { status, stderr, logged } = await timed(built);
    assert.equal(
      stderr,
      "virt-warden: denied by a-denies: found in time\nvirt-warden: policy z-stuck failed: timed out after 900 ms\n",
    );
    assert.equal(status, 1);
    assert.equal(logged.error, undefined);
  });
});
