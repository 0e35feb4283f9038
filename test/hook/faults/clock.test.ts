/**
 * Which clock is read where. The launcher counts a decision's time by `/proc/uptime`, the time since boot, which nobody
 * can set; `timeout` and the isolate's own limit count by the kernel's monotonic clock. Only two things read the time of
 * day: the log's `time`, and exemptions, which end with a day. So the clock may be set back or forth in mid-decision
 * without any limit growing; setting it for real would set the whole machine's, hence time namespaces here, which shift
 * the time since boot, and a day that is given to the engine.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, mock, test } from "node:test";
import { decisionLine } from "../../../src/log/decision-line.ts";
import { type Built, build, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { buildNoBad, callThrough } from "./call.ts";
import { assertRightVerdicts } from "./expect.ts";

/** Seconds since boot. */
function uptime(): number {
  return Math.floor(Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]));
}

/** A time namespace in which the machine booted some seconds ago. */
function bootedAgo(seconds: number): string[] {
  const offset = `${seconds - uptime()}`;
  return ["unshare", "--time", `--boottime=${offset}`, `--monotonic=${offset}`];
}

describe("a hook on a host whose clock was set", { ...needsRoot() }, () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
  });

  for (const [what, seconds] of [
    ["this very second", 0],
    ["eight seconds ago", 8],
    ["a hundred days ago", 8_640_000],
    ["ten years ago", 315_360_000],
  ] as const) {
    test(`judges the same where it booted ${what}`, async () => {
      // the namespace is made anew for each call, since time goes on
      await assertRightVerdicts((options) => callThrough(bootedAgo(seconds), built.bundle, options), what);
    });
  }

  test("ends a policy and a decision in time, whenever it booted", async () => {
    const { bundle } = await build({ a: "for (;;);", b: "for (;;);" }, "limits: { time: 700ms, deadline: 2s }");
    for (const seconds of [1, 8_640_000]) {
      const { status, stderr, seconds: taken } = await callThrough(bootedAgo(seconds), bundle);
      assert.ok(status === 2 || status === 3, stderr);
      assert.match(stderr, /^virt-warden: (?:policy a failed: timed out|engine failure: out of time)/);
      assert.ok(taken < 10, `${taken} s, a turn's wait among them`);
    }
  });
});

describe("a clock that is wrong", () => {
  test("makes an exemption end late or early, and nothing else", async () => {
    // one that ended long ago binds today; a clock in that year would not: the one thing that hangs on the day
    const rule = (expires: string) =>
      `rules: { no-bad: { exempt: [{ domain: web1, reason: tests, expires: ${expires} }] } }`;
    const source = 'context.deny("nobody starts");';
    const call = async (expires: string) => {
      const { bundle } = await build({ "no-bad": source }, rule(expires));
      return (await callThrough(["env"], bundle, { document: GUEST })).status;
    };
    assert.deepEqual([await call("2001-01-01"), await call("2999-01-01")], [1, 0]);
  });

  test("puts its time into the log, and breaks no line", () => {
    mock.timers.enable({ apis: ["Date"], now: 1000 });
    try {
      const decision = { id: "1", event: "qemu/prepare", object: "web1", decision: "allow", status: 0 } as const;
      const rest = { findings: [], failures: [], policies: [], logs: [], bundle: "" };
      const line = decisionLine({ ...decision, ...rest });
      assert.equal((JSON.parse(line) as { time: number }).time, 1000);
    } finally {
      mock.timers.reset();
    }
  });
});
