import assert from "node:assert/strict";
import { test } from "node:test";
import { DENIES, decideWith, fails, WARNS } from "./decide-with.ts";

test("a denial of an enforced policy refuses", async () => {
  const decision = await decideWith([{ name: "a", mode: "enforce", run: DENIES }]);
  assert.equal(decision.status, 1);
  assert.equal(decision.decision, "deny");
  assert.deepEqual(decision.findings, [{ policy: "a", mode: "enforce", level: "deny", reason: "wrong" }]);
  assert.equal(decision.policies[0]?.outcome, "deny");
});

test("in modes warn and audit a denial is reported with its mode and refuses nothing", async () => {
  for (const mode of ["warn", "audit"] as const) {
    const decision = await decideWith([{ name: "a", mode, run: DENIES }]);
    assert.equal(decision.status, 0, mode);
    assert.equal(decision.decision, "allow");
    assert.deepEqual(decision.findings, [{ policy: "a", mode, level: "deny", reason: "wrong" }]);
  }
});

test("a policy that is off does not run", async () => {
  const decision = await decideWith([{ name: "a", mode: "off", run: DENIES }, { name: "b" }]);
  assert.equal(decision.status, 0);
  assert.deepEqual(decision.findings, []);
  assert.deepEqual(
    decision.policies.map(({ name, outcome }) => [name, outcome]),
    [
      ["a", "off"],
      ["b", "allow"],
    ],
  );
});

test("a warning refuses in no mode", async () => {
  for (const mode of ["enforce", "warn", "audit"] as const) {
    const decision = await decideWith([{ name: "a", mode, run: WARNS }]);
    assert.equal(decision.status, 0, mode);
    assert.deepEqual(decision.findings, [{ policy: "a", mode, level: "warn", reason: "odd" }]);
    assert.equal(decision.policies[0]?.outcome, "warn");
  }
});

test("in modes warn and audit an exception is reported and refuses nothing, a timeout or exhaustion still refuses", async () => {
  for (const mode of ["warn", "audit"] as const) {
    const expected = { exception: 0, invalid: 0, timeout: 2, memory: 2 };
    for (const kind of ["exception", "invalid", "timeout", "memory"] as const) {
      const decision = await decideWith([{ name: "a", mode, run: fails(kind) }]);
      assert.equal(decision.status, expected[kind], `${mode} ${kind}`);
      assert.deepEqual(decision.failures, [{ policy: "a", kind, message: `a ${kind}` }]);
      assert.equal(decision.policies[0]?.outcome, "failed");
    }
  }
});
