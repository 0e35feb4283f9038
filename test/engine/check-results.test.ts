import assert from "node:assert/strict";
import { test } from "node:test";
import { buildFiles } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";
import { findingsOf, judgeBy } from "../support/judge.ts";

/** A policy whose check is this, whatever its type. */
function policy(name: string, check: string): string {
  return `import { definePolicy, type GuestContext } from "virt-warden";
const check: (context: GuestContext) => unknown = ${check};
export default definePolicy({ name: "${name}", check: check as (context: GuestContext) => undefined });
`;
}

const bundle = await buildFiles({
  "virt-warden.yaml": "rules: { promises: { onError: allow }, throws-late: { onError: allow } }\n",
  "policies/all-is-well.ts": policy("all-is-well", "() => undefined"),
  "policies/promises.ts": policy("promises", "async ({ deny }) => { deny('seen'); }"),
  "policies/returns.ts": policy("returns", "() => true"),
  "policies/throws-late.ts": policy(
    "throws-late",
    "({ deny, warn }) => { warn('odd'); deny('first', { at: 'name' }); deny('second'); throw new TypeError('oh'); }",
  ),
  "policies/throws-text.ts": policy("throws-text", "() => { throw 'only text'; }"),
});
const decision = await judgeBy(bundle)(guest());

/** The failure of one policy. */
const failureOf = (name: string) => decision.failures.find((failure) => failure.policy === name);

test("a check that returns a value is a failure", () => {
  assert.deepEqual(failureOf("returns"), {
    policy: "returns",
    kind: "invalid",
    message: "check returned a value (boolean); findings are made with deny(reason)",
  });
});

test("a check that returns a promise is a failure, also under onError: allow", () => {
  assert.equal(failureOf("promises")?.kind, "invalid");
  assert.match(failureOf("promises")?.message ?? "", /^check returned a promise; it must be synchronous/);
});

test("an exception is reported with its name and message, whatever was thrown", () => {
  const { stack: _, ...late } = failureOf("throws-late") ?? {};
  assert.deepEqual(late, { policy: "throws-late", kind: "exception", message: "TypeError: oh", onError: "allow" });
  assert.deepEqual(failureOf("throws-text"), {
    policy: "throws-text",
    kind: "exception",
    message: "threw only text",
  });
});

test("what a policy found before its exception counts", () => {
  assert.deepEqual(findingsOf(decision), [
    ["deny", "seen", undefined],
    ["deny", "first", "name"],
    ["deny", "second", undefined],
    ["warn", "odd", undefined],
  ]);
  assert.equal(decision.status, 1);
});

test("every policy is run, whatever became of the others", () => {
  assert.deepEqual(
    decision.policies.map(({ name, outcome }) => `${name} ${outcome}`),
    ["all-is-well allow", "promises deny", "returns failed", "throws-late deny", "throws-text failed"],
  );
  assert.ok(decision.policies.every(({ ms }) => ms > 0));
});
