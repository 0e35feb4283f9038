import assert from "node:assert/strict";
import { test } from "node:test";
import type { Decision } from "../../src/engine/decision.ts";
import { decisionLine } from "../../src/log/decision-line.ts";
import { buildFiles } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";
import { judgeBy } from "../support/judge.ts";

const DECISION: Decision = {
  id: "c80707e0-26a5-453a-a798-09f97ec66cdd",
  event: "qemu/prepare",
  object: "web1",
  uuid: "4dea22b3-1d52-d8f3-2516-782e98ab3fa0",
  decision: "allow",
  status: 0,
  findings: [],
  failures: [],
  policies: [{ name: "a", outcome: "allow", ms: 1.5 }],
  logs: [],
  durations: { process: 90, document: 1, model: 2, contexts: 3, policies: 4, total: 10 },
  bundle: "d1ce",
};

const FINDING = { policy: "a", mode: "enforce", level: "deny", reason: "r" } as const;
const FAILURE = { policy: "a", kind: "exception", message: "m" } as const;

/** The line of a decision that differs so, read again. */
function line(changes: Partial<Decision> = {}): Record<string, unknown> {
  return JSON.parse(decisionLine({ ...DECISION, ...changes }, 1_700_000_000_000));
}

test("a line has pino's level, time and msg, and everything that was decided", () => {
  const { id, ...rest } = DECISION;
  assert.deepEqual(line(), { level: 30, time: 1_700_000_000_000, msg: "allowed", decisionId: id, ...rest });
});

test("the time is now unless given, in milliseconds", () => {
  const before = Date.now();
  const { time } = JSON.parse(decisionLine(DECISION));
  assert.ok(time >= before && time <= Date.now());
});

test("the level is info for a plain allowance, warn for findings, failures and refusals, error for our own faults", () => {
  assert.equal(line().level, 30);
  assert.equal(line({ findings: [FINDING] }).level, 40);
  assert.equal(line({ failures: [FAILURE] }).level, 40);
  assert.equal(line({ decision: "deny", status: 1, findings: [FINDING] }).level, 40);
  assert.equal(line({ decision: "deny", status: 3, error: { code: "bundle", message: "m" } }).level, 50);
});

test("the message says what was decided and why", () => {
  assert.equal(line({ status: 1 }).msg, "denied");
  assert.equal(line({ status: 2 }).msg, "refused: policy failure");
  assert.equal(line({ status: 3, error: { code: "empty", message: "m" } }).msg, "refused: engine failure");
  assert.equal(line({ error: { code: "empty", message: "m" } }).msg, "allowed despite an engine failure");
  assert.equal(line({ failures: [FAILURE] }).msg, "allowed");
  const rewrites = [{ policy: "a", edit: "set-text", at: "title" }] as const;
  assert.equal(line({ rewrites }).msg, "allowed with a rewritten document");
  assert.equal(line({ status: 1, rewrites }).msg, "denied");
});

test("an exception that onError allows is logged as such: in the failure, the level and the message", () => {
  const failures = [{ ...FAILURE, onError: "allow", stack: ["check (policies/a.ts:6:9)"] }] as const;
  const { level, msg, failures: logged } = line({ failures });
  assert.deepEqual([level, msg], [40, "allowed despite a policy failure, by onError"]);
  assert.deepEqual(logged, failures);
  assert.equal(line({ status: 1, failures }).msg, "denied");
  assert.equal(line({ status: 2, failures }).msg, "refused: policy failure");
});

test("a line is one line, whatever a policy or a guest's name holds", () => {
  const text = decisionLine({ ...DECISION, object: "a\nb\r", findings: [{ ...FINDING, reason: "x\n{}\u0000\u2028" }] });
  assert.ok(!/[\n\r\0]/.test(text));
  assert.equal(JSON.parse(text).object, "a\nb\r");
});

test("a line does nothing to a terminal that it is printed on, and loses nothing by it", () => {
  const reason = "\u001b[31m\u009b2J\u202e\u2066\u200b\ufe0f\u{e0041}\ud800\u3164\u{f0000}\u0378";
  const text = decisionLine({ ...DECISION, findings: [{ ...FINDING, reason }] });
  assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/u);
  assert.equal(JSON.parse(text).findings[0].reason, reason);
});

test("nothing of the document but the guest's name and uuid is in the line", async () => {
  const policy = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "a", check({ deny }) { deny("no"); } });
`;
  const judge = judgeBy(await buildFiles({ "policies/a.ts": policy }));
  const graphics = "<graphics type='vnc' port='-1' autoport='yes' passwd='SECRET-1'/>";
  const document = guest(`<title>SECRET-2</title><devices>${graphics}</devices><!-- SECRET-3 -->`);
  const text = decisionLine(await judge(document));
  assert.match(text, /"object":"web1"/);
  assert.ok(!text.includes("SECRET"));

  const broken = await judge(document.replace("</domain>", "</wrong>"));
  assert.equal(broken.status, 3);
  assert.ok(!decisionLine(broken).includes("SECRET"));
});
