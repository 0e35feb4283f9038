import assert from "node:assert/strict";
import { test } from "node:test";
import { DENIES, decideWith, fails, WARNS } from "./decide-with.ts";

const KINDS = ["timeout", "memory", "exception", "invalid"] as const;

test("a policy that fails refuses with status 2", async () => {
  for (const kind of KINDS) {
    const decision = await decideWith([{ name: "a", run: fails(kind) }]);
    assert.equal(decision.status, 2, kind);
    assert.equal(decision.decision, "deny");
    assert.deepEqual(decision.failures, [{ policy: "a", kind, message: `a ${kind}` }]);
  }
});

test("onError: allow covers exceptions, and no other failure", async () => {
  const expected = { exception: 0, timeout: 2, memory: 2, invalid: 2 };
  for (const kind of KINDS) {
    const decision = await decideWith([{ name: "a", onError: "allow", run: fails(kind) }]);
    assert.equal(decision.status, expected[kind], kind);
    assert.deepEqual(decision.failures, [{ policy: "a", kind, message: `a ${kind}` }]);
    assert.equal(decision.policies[0]?.outcome, "failed");
  }
});

test("a denial made before the exception still refuses under onError: allow", async () => {
  const decision = await decideWith([{ name: "a", onError: "allow", run: { ...DENIES, ...fails("exception") } }]);
  assert.equal(decision.status, 1);
  assert.equal(decision.findings.length, 1);
  assert.equal(decision.failures.length, 1);
});

test("a warning made before the exception is kept", async () => {
  const decision = await decideWith([{ name: "a", onError: "allow", run: { ...WARNS, ...fails("exception") } }]);
  assert.equal(decision.status, 0);
  assert.deepEqual(
    decision.findings.map(({ reason }) => reason),
    ["odd"],
  );
});

test("a denial counts before a failure, and every policy reports", async () => {
  const decision = await decideWith([
    { name: "a", run: fails("timeout") },
    { name: "b", run: DENIES },
    { name: "c" },
    { name: "d", run: WARNS },
    { name: "e", run: DENIES },
  ]);
  assert.equal(decision.status, 1);
  assert.deepEqual(
    decision.policies.map(({ name, outcome }) => `${name} ${outcome}`),
    ["a failed", "b deny", "c allow", "d warn", "e deny"],
  );
  assert.deepEqual(
    decision.findings.map(({ policy }) => policy),
    ["b", "d", "e"],
  );
  assert.deepEqual(
    decision.failures.map(({ policy }) => policy),
    ["a"],
  );
});

test("an engine failure counts before everything: an unreadable document is no policy's business", async () => {
  await assert.rejects(decideWith([{ name: "a", run: DENIES }], { document: "<domain>" }), { name: "DocumentError" });
});
