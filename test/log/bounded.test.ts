import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decision, Failure, Finding, PolicyLog } from "../../src/engine/decision.ts";
import { decisionLine } from "../../src/log/decision-line.ts";
import { buildFiles } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";
import { judgeBy } from "../support/judge.ts";

const DECISION: Decision = {
  id: "c80707e0-26a5-453a-a798-09f97ec66cdd",
  event: "qemu/prepare",
  object: "web1",
  decision: "deny",
  status: 1,
  findings: [],
  failures: [],
  policies: [],
  logs: [],
  bundle: "d1ce",
};

/** The longest text that a policy's finding has, of what takes most room. */
const WORST = "\u0000".repeat(2000);

const finding = (policy: string, reason: string, more: Partial<Finding> = {}): Finding => ({
  policy,
  level: "deny",
  mode: "enforce",
  reason,
  ...more,
});

const failure = (policy: string, message: string): Failure => ({ policy, kind: "exception", message });

const log = (policy: string, message: string): PolicyLog => ({ policy, level: "info", message });

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** What is left of a decision in its line, and the line's bytes. */
function logged(changes: Partial<Decision>): Decision & { readonly bytes: number } {
  const line = decisionLine({ ...DECISION, ...changes });
  return { ...JSON.parse(line), bytes: Buffer.byteLength(line) };
}

test("what fits is whole and in its order", () => {
  const findings = [finding("a", "1"), finding("b", "2", { level: "warn" }), finding("a", "3")];
  const failures = [failure("a", "m")];
  const logs = [log("b", "x"), log("a", "y")];
  const whole = logged({ findings, failures, logs });
  assert.deepEqual([whole.findings, whole.failures, whole.logs], [findings, failures, logs]);
  assert.equal(whole.dropped, undefined);
});

test("past the bound the rest is dropped, and the line says how much", () => {
  const { findings, logs, dropped, bytes } = logged({
    findings: times(100, () => finding("a", "r".repeat(1000))),
    logs: times(100, () => log("a", "m".repeat(1000))),
  });
  assert.ok(findings.length > 20 && logs.length > 20);
  assert.deepEqual(dropped, { findings: 100 - findings.length, logs: 100 - logs.length });
  assert.ok(bytes < 80 * 1024);
});

test("the bound counts what is written: a control character is six bytes of JSON, and so is a bidirectional mark", () => {
  for (const character of ["\u0000", "\u202e", "\u{e0041}", "漢"]) {
    const { bytes, dropped } = logged({ findings: times(100, () => finding("a", character.repeat(900))) });
    assert.ok(bytes < 40 * 1024, `${bytes} bytes`);
    assert.ok(dropped?.findings !== undefined);
  }
});

test("a flood of one policy hides no other's denial, warning, failure or message", () => {
  const flood = times(100, () => finding("a", WORST));
  const warnings = times(100, () => finding("a", WORST, { level: "warn" }));
  const { findings, failures, logs } = logged({
    findings: [...flood, ...warnings, finding("b", "the denial of b"), finding("c", "odd", { level: "warn" })],
    failures: [failure("a", WORST), failure("d", "the failure of d")],
    logs: [...times(100, () => log("a", WORST)), log("b", "the message of b")],
  });
  assert.ok(findings.some(({ policy, reason }) => policy === "b" && reason === "the denial of b"));
  assert.ok(findings.some(({ policy, reason }) => policy === "c" && reason === "odd"));
  assert.deepEqual(
    failures.map(({ policy }) => policy),
    ["a", "d"],
  );
  assert.ok(logs.some(({ message }) => message === "the message of b"));
});

test("what was changed is bounded as well: each policy's first change stays, and what is missing is counted", () => {
  const note = (policy: string, at: string) => ({ policy, edit: "remove-element", at }) as const;
  assert.deepEqual(logged({ rewrites: [note("a", "title")] }).rewrites, [note("a", "title")]);
  const flood = times(1000, (index) => note("a", `devices/disk[${index}]/${"n".repeat(200)}`));
  const { rewrites = [], dropped, bytes } = logged({ rewrites: [...flood, note("b", "title")] });
  assert.deepEqual(rewrites.at(-1), note("b", "title"));
  assert.equal(rewrites.length + (dropped?.rewrites ?? 0), 1001);
  assert.ok(bytes < 40 * 1024, `${bytes} bytes`);
});

test("no flood of warnings drops a denial", () => {
  const findings = times(50, (index) => finding(`p${index}`, WORST, { level: "warn" }));
  const line = logged({ findings: [...findings, finding("last", "the one denial")] });
  assert.deepEqual(line.findings.at(-1), finding("last", "the one denial"));
});

test("where even one a policy is too much, texts are cut, and each says by how much", () => {
  const exempt = { reason: "CI", expires: "2999-01-01" };
  const { findings, failures, logs, dropped, bytes } = logged({
    findings: times(200, (index) => finding(`p${index}`, WORST, { at: "n".repeat(2000), exempt })),
    failures: times(200, (index) => ({ ...failure(`p${index}`, WORST), stack: times(10, () => "check (a.ts:1:1)") })),
    logs: times(200, (index) => ({
      ...log(`p${index}`, "short"),
      fields: index === 0 ? 7 : index % 2 === 0 ? ["x".repeat(1900)] : { text: "x".repeat(1900) },
    })),
  });
  assert.equal(dropped, undefined);
  assert.deepEqual([findings.length, failures.length, logs.length], [200, 200, 200]);
  assert.match(findings[199]?.reason ?? "", /^\0+… \(\d+ more\)$/);
  assert.match(findings[199]?.at ?? "", /^n+… \(\d+ more\)$/);
  assert.deepEqual(findings[199]?.exempt, exempt);
  assert.equal(logs[0]?.fields, 7);
  assert.match(String(logs[198]?.fields), /^\["x+… \(\d+ more\)$/);
  assert.match(String(logs[199]?.fields), /^\{"text":"x+… \(\d+ more\)$/);
  assert.deepEqual(failures[199]?.stack, ["check (a.ts:1:1)"]);
  assert.ok(bytes < 1024 * 1024, `${bytes} bytes`);
});

test("what was dropped before is not forgotten when the line that says so is dropped", () => {
  const findings = times(100, () => finding("a", "r".repeat(1000)));
  const { findings: left, dropped } = logged({
    findings: [...findings, finding("a", "400 more denials were dropped", { more: 400 })],
  });
  assert.equal(left.length + (dropped?.findings ?? 0), 500);
});

test("what a policy floods with is counted to the last one, and another's denial is there", async () => {
  const source = (name: string, body: string) =>
    `import { definePolicy } from "virt-warden";\nexport default definePolicy({ name: "${name}", check({ deny, log }) { ${body} } });\n`;
  const flood = 'for (let n = 0; n < 500; n++) { deny("\\u0000".repeat(1500)); log.info("m".repeat(1500)); }';
  const judge = judgeBy(
    await buildFiles({
      "policies/a.ts": source("a", flood),
      "policies/b.ts": source("b", 'deny("b denies"); log.info("b logs");'),
    }),
  );
  const { findings, logs, dropped } = await judge(guest());
  const counted = (list: readonly { readonly more?: number }[]) => list.reduce((sum, { more = 1 }) => sum + more, 0);
  assert.equal(counted(findings) + (dropped?.findings ?? 0), 501);
  assert.equal(counted(logs) + (dropped?.logs ?? 0), 501);
  assert.ok(findings.some(({ policy, reason }) => policy === "b" && reason === "b denies"));
  assert.ok(logs.some(({ policy, message }) => policy === "b" && message === "b logs"));
});

test("a line of many policies that flood is made in no time to speak of", () => {
  const findings = times(20_000, (index) => finding(`p${index % 100}`, "x".repeat(2000)));
  const started = performance.now();
  assert.equal(new Set(logged({ findings }).findings.map(({ policy }) => policy)).size, 100);
  assert.ok(performance.now() - started < 10_000);
});
