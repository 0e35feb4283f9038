import assert from "node:assert/strict";
import { test } from "node:test";
import { EngineFailure } from "../../src/engine/engine-failure.ts";
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

test("onError: allow covers exceptions, says so, and covers no other failure", async () => {
  const expected = { exception: 0, timeout: 2, memory: 2, invalid: 2 };
  for (const kind of KINDS) {
    const decision = await decideWith([{ name: "a", onError: "allow", run: fails(kind) }]);
    assert.equal(decision.status, expected[kind], kind);
    const covered = kind === "exception" ? { onError: "allow" } : {};
    assert.deepEqual(decision.failures, [{ policy: "a", kind, message: `a ${kind}`, ...covered }]);
    assert.equal(decision.policies[0]?.outcome, "failed");
  }
});

test("in modes warn and audit, and for an exempt guest, onError: allow has nothing to take away, and saves no timeout", async () => {
  const expected = { exception: 0, invalid: 0, timeout: 2, memory: 2 };
  const exempt = [{ domain: "web1", reason: "a lab" }];
  for (const unbound of [{ mode: "warn" }, { mode: "audit" }, { exempt }] as const) {
    for (const kind of KINDS) {
      const decision = await decideWith([{ name: "a", onError: "allow", run: fails(kind), ...unbound }]);
      assert.equal(decision.status, expected[kind], `${JSON.stringify(unbound)} ${kind}`);
      assert.deepEqual(decision.failures, [{ policy: "a", kind, message: `a ${kind}` }]);
    }
  }
});

test("where refusals are only logged, a failure is logged with what onError makes of it, and refuses nothing", async () => {
  for (const event of ["qemu/started", "qemu/reconnect", "qemu/stopped"] as const) {
    for (const kind of KINDS) {
      const decision = await decideWith([{ name: "a", on: [event], onError: "allow", run: fails(kind) }], { event });
      assert.deepEqual([decision.status, decision.decision], [0, "allow"], `${event} ${kind}`);
      const covered = kind === "exception" ? { onError: "allow" } : {};
      assert.deepEqual(decision.failures, [{ policy: "a", kind, message: `a ${kind}`, ...covered }]);
    }
  }
});

test("onError: allow of one policy covers no other's exception", async () => {
  const decision = await decideWith([
    { name: "a", onError: "allow", run: fails("exception") },
    { name: "b", run: fails("exception") },
  ]);
  assert.equal(decision.status, 2);
  assert.deepEqual(
    decision.failures.map(({ policy, onError }) => [policy, onError]),
    [
      ["a", "allow"],
      ["b", undefined],
    ],
  );
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

test("what a policy found before it timed out is kept: a denial refuses as one", async () => {
  const denied = await decideWith([{ name: "a", run: { ...DENIES, ...fails("timeout") } }]);
  assert.deepEqual([denied.status, denied.findings.length, denied.failures.length], [1, 1, 1]);
  const warned = await decideWith([{ name: "a", onError: "allow", run: { ...WARNS, ...fails("timeout") } }]);
  assert.deepEqual([warned.status, warned.findings.length], [2, 1]);
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
  const policies = [{ name: "a", onError: "allow", run: DENIES }] as const;
  await assert.rejects(decideWith(policies, { document: "<domain>" }), { name: "DocumentError" });
});

test("a policy whose run throws where nothing should is that policy's failure, and hides no other's denial", async () => {
  const run = {
    get findings(): never {
      throw new TypeError("t.startsWith is not a function");
    },
  };
  const decision = await decideWith([
    { name: "a", onError: "allow", run },
    { name: "b", run: DENIES },
  ]);
  assert.equal(decision.error, undefined);
  assert.equal(decision.status, 1);
  assert.deepEqual(decision.failures, [{ policy: "a", kind: "invalid", message: "its result could not be read" }]);
  assert.equal((await decideWith([{ name: "a", onError: "allow", run }])).status, 2);
});

test("where there is no sandbox to run a policy in, that is the engine's failure", async () => {
  const run = {
    get findings(): never {
      throw new EngineFailure("evaluator", "Cannot load isolated-vm: too old");
    },
  };
  await assert.rejects(decideWith([{ name: "a", mode: "warn", run }]), /^EngineFailure: Cannot load isolated-vm/);
});
