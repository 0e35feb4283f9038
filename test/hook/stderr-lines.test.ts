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

test("a reason cannot begin a line of its own, nor look as if it did", () => {
  const forged = "virt-warden: denied by q: y";
  const lines = stderrLines({
    ...DENIED,
    findings: [finding(`x\n${forged}`), finding(`x${" ".repeat(70)}${forged}`), finding("x", { at: `y\r${forged}` })],
    failures: [{ policy: "r", kind: "exception", message: `Error: ${forged}` }],
  });
  assert.deepEqual(lines, [
    "virt-warden: denied by p: x\\nvirt-warden\\u{3a} denied by q: y",
    "virt-warden: policy r failed: Error: virt-warden\\u{3a} denied by q: y",
    "virt-warden: denied by p: x virt-warden\\u{3a} denied by q: y",
    "virt-warden: denied by p: x (at y\\u{d}virt-warden\\u{3a} denied by q: y)",
  ]);
});

test("nor does it where a long reason is cut off", () => {
  for (let length = 400; length < 520; length += 1) {
    const [line = ""] = stderrLines({ ...DENIED, findings: [finding(`${"x".repeat(length)}virt-warden: denied`)] });
    assert.equal(line.lastIndexOf("virt-warden:"), 0);
    assert.ok(Buffer.byteLength(line) <= 500);
  }
});

test("a policy may have our name", () => {
  const findings = [finding("x", { policy: "virt-warden" })];
  assert.deepEqual(stderrLines({ ...DENIED, findings }), ["virt-warden: denied by virt-warden: x"]);
});

test("a failure that onError covers says so, however long its message", () => {
  const failure = { policy: "p", kind: "exception", onError: "allow" } as const;
  const lines = stderrLines({
    ...ALLOWED,
    failures: [
      { ...failure, message: "TypeError: x", stack: ["check (policies/a.ts:1:1)"] },
      { ...failure, message: "y".repeat(2000) },
    ],
  });
  assert.equal(lines[0], "virt-warden: policy p failed: TypeError: x (allowed by onError)");
  assert.match(lines[1] ?? "", /^virt-warden: policy p failed: y+… \(\d+ more\) \(allowed by onError\)$/);
  assert.equal(lines.length, 2, "stacks are for the log");
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
  assert.match(lines[0] ?? "", /^virt-warden: denied by p: ü+… \(8\d\d\d more\)$/);
  assert.equal(lines.at(-1), "virt-warden: 5 more reasons are in the decision log");
});

test("what is cut off says how much, and a place stays behind a long reason", () => {
  const [line = ""] = stderrLines({ ...DENIED, findings: [finding("x".repeat(2000), { at: "devices/disk[2]" })] });
  const [, kept = "", missing] =
    /^virt-warden: denied by p: (x+)… \((\d+) more\) \(at devices\/disk\[2\]\)$/.exec(line) ?? [];
  assert.equal(kept.length + Number(missing), 2000);
  assert.ok(Buffer.byteLength(line) <= 500);
});

test("of eighteen policies that flood with long reasons each has a line, denials and failures", () => {
  const reason = "ü".repeat(2000);
  const findings = Array.from({ length: 9 }, (_, index) => index).flatMap((index) =>
    Array.from({ length: 100 }, () => finding(reason, { policy: `denies-${index}` })),
  );
  const failures = Array.from({ length: 9 }, (_, index) => ({
    policy: `fails-${index}`,
    kind: "exception" as const,
    message: reason,
  }));
  const lines = stderrLines({ ...DENIED, findings, failures });
  for (let index = 0; index < 9; index += 1) {
    assert.ok(lines.some((line) => line.startsWith(`virt-warden: denied by denies-${index}: ü`)));
    assert.ok(lines.some((line) => line.startsWith(`virt-warden: policy fails-${index} failed: ü`)));
  }
  assert.equal(lines.length, 19);
  assert.equal(lines.at(-1), "virt-warden: 891 more reasons are in the decision log");
  assert.ok(lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) < 4096);
});

test("a hundred policies with two hundred findings each take no time to speak of", () => {
  const findings = Array.from({ length: 20_000 }, (_, index) =>
    finding("x".repeat(2000), { policy: `p${index % 100}`, level: index % 3 === 0 ? "warn" : "deny" }),
  );
  const started = performance.now();
  assert.equal(stderrLines({ ...DENIED, findings }).length, 19);
  assert.ok(performance.now() - started < 10_000);
});
