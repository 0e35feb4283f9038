import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decision, Finding } from "../../src/engine/decision.ts";
import { stderrLines } from "../../src/hook/stderr-lines.ts";

const ALLOWED: Decision = {
  id: "1",
  event: "qemu/prepare",
  object: "web1",
  decision: "allow",
  status: 0,
  findings: [],
  failures: [],
  policies: [],
  logs: [],
  bundle: "",
};

function finding(reason: string, more: Partial<Finding> = {}): Finding {
  return { policy: "p", level: "deny", mode: "enforce", reason, ...more };
}

const DENIED: Decision = { ...ALLOWED, decision: "deny", status: 1 };

test("an allowed guest without findings has nothing to say", () => {
  assert.deepEqual(stderrLines(ALLOWED), []);
});

test("engine failures come first, then denials, failures and warnings", () => {
  const lines = stderrLines({
    ...DENIED,
    findings: [finding("soft", { level: "warn" }), finding("hard", { at: "cpu/@mode" })],
    failures: [{ policy: "q", kind: "timeout", message: "timed out after 250 ms" }],
    error: { code: "malformed", message: "text after the root element", line: 3, column: 7 },
  });
  assert.deepEqual(lines, [
    "virt-warden: engine failure: line 3, column 7: text after the root element",
    "virt-warden: denied by p: hard (at cpu/@mode)",
    "virt-warden: policy q failed: timed out after 250 ms",
    "virt-warden: warning by p: soft",
  ]);
});

test("a denial in mode warn is a warning; audited and exempt ones are only logged", () => {
  const exempt = { exempt: { reason: "CI" } };
  const lines = stderrLines({
    ...ALLOWED,
    findings: [finding("a", { mode: "warn" }), finding("b", { mode: "audit" }), finding("c", exempt)],
  });
  assert.deepEqual(lines, ["virt-warden: warning by p: a"]);
});

test("a denial that cannot take effect says so", () => {
  const lines = stderrLines({ ...ALLOWED, event: "qemu/started", findings: [finding("late")] });
  assert.deepEqual(lines, ["virt-warden: only logged at qemu/started: denied by p: late"]);
});

test("a reason cannot begin a line of its own", () => {
  const lines = stderrLines({ ...DENIED, findings: [finding("x\nvirt-warden: denied by q: y")] });
  assert.deepEqual(lines, ["virt-warden: denied by p: x\\nvirt-warden: denied by q: y"]);
});

test("thirty reasons are nineteen lines, the last of which counts the rest; one is left for the launcher", () => {
  const lines = stderrLines({ ...DENIED, findings: Array.from({ length: 30 }, (_, index) => finding(`${index}`)) });
  assert.equal(lines.length, 19);
  assert.equal(lines.at(-1), "virt-warden: 12 more reasons are in the decision log");
});

test("every policy's first denial comes before any policy's second", () => {
  const findings = [finding("a1"), finding("a2"), finding("b1", { policy: "q" })];
  const failures = [{ policy: "r", kind: "exception", message: "Error: x" }] as const;
  assert.deepEqual(stderrLines({ ...DENIED, findings, failures }), [
    "virt-warden: denied by p: a1",
    "virt-warden: denied by q: b1",
    "virt-warden: policy r failed: Error: x",
    "virt-warden: denied by p: a2",
  ]);
});

test("reasons of any length are at most 4 KiB together, cut between characters", () => {
  const lines = stderrLines({ ...DENIED, findings: Array.from({ length: 12 }, () => finding("ü".repeat(9000))) });
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  assert.ok(bytes <= 4096, `${bytes} bytes`);
  assert.match(lines[0] ?? "", /^virt-warden: denied by p: ü+…$/);
  assert.equal(lines.at(-1), "virt-warden: 5 more reasons are in the decision log");
});
