import assert from "node:assert/strict";
import { test } from "node:test";
import { readCheckResult } from "../../src/sandbox/check-result.ts";
import { readGuestDescription } from "../../src/sandbox/guest-description.ts";

const none = { kept: [], dropped: 0 };
const RESULT = {
  denials: { kept: [{ level: "deny", reason: "r", at: "name" }], dropped: 1 },
  warnings: none,
  logs: { kept: [{ level: "info", message: "m", fields: [1] }], dropped: 0 },
  error: { kind: "exception", message: "m", stack: "s" },
};
const DESCRIBED = {
  ok: true,
  name: "a",
  description: null,
  on: null,
  needs: null,
  whenRunning: null,
  rewrites: false,
  schema: false,
  settings: {},
};
const UNDESCRIBED = { ok: false, code: "exception", message: "m", name: null };

test("a check's result is read as the runtime writes it, and as nothing else", () => {
  assert.deepEqual(readCheckResult(JSON.stringify(RESULT)), RESULT);
  assert.notEqual(readCheckResult(JSON.stringify({ ...RESULT, error: null })), undefined);
  const denial = (finding: unknown) => ({ denials: { kept: [finding], dropped: 0 } });
  const others = [
    { denials: undefined },
    { warnings: null },
    { logs: { kept: {}, dropped: 0 } },
    { denials: { kept: [], dropped: "1" } },
    denial(null),
    denial({ level: "warn", reason: "r" }),
    denial({ level: "deny", reason: 1 }),
    denial({ level: "deny", reason: "r", at: {} }),
    { logs: { kept: [{ level: "trace", message: "m" }], dropped: 0 } },
    { logs: { kept: [{ level: "info", message: [] }], dropped: 0 } },
    { error: undefined },
    { error: "text" },
    { error: { kind: "allow", message: "m" } },
    { error: { kind: "exception", message: {} } },
    { error: { kind: "exception", message: "m", stack: [1] } },
  ];
  for (const other of others)
    assert.equal(readCheckResult(JSON.stringify({ ...RESULT, ...other })), undefined, JSON.stringify(other));
  for (const text of ["", "null", "1", "[]", '{"error":undefined}'])
    assert.equal(readCheckResult(text), undefined, text);
});

test("a policy's description is read as the runtime writes it, and as nothing else", () => {
  const issues = [{ message: "m", path: ["a", 0] }];
  for (const each of [DESCRIBED, { ...DESCRIBED, issues }, UNDESCRIBED, { ...UNDESCRIBED, stack: "s" }])
    assert.deepEqual(readGuestDescription(JSON.stringify(each)), each);
  const others = [
    { ...DESCRIBED, ok: 1 },
    { ...DESCRIBED, schema: null },
    { ...DESCRIBED, rewrites: null },
    { ...DESCRIBED, issues: {} },
    { ...DESCRIBED, issues: [{ message: "m" }] },
    { ...DESCRIBED, issues: [{ message: 1, path: [] }] },
    { ...DESCRIBED, issues: [{ message: "m", path: [{}] }] },
    { ...UNDESCRIBED, code: "timeout" },
    { ...UNDESCRIBED, message: null },
    { ...UNDESCRIBED, stack: [1] },
  ];
  for (const other of others)
    assert.equal(readGuestDescription(JSON.stringify(other)), undefined, JSON.stringify(other));
  for (const text of ["", "null", "1", "[]"]) assert.equal(readGuestDescription(text), undefined, text);
});
