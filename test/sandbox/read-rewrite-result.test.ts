import assert from "node:assert/strict";
import { test } from "node:test";
import { readRewriteResult } from "../../src/sandbox/rewrite-result.ts";

const EDITS = [
  { edit: "set-attribute", at: "a/@b", value: "c" },
  { edit: "remove-attribute", at: "a/@b" },
  { edit: "set-text", at: "a", value: "" },
  { edit: "remove-element", at: "a" },
  {
    edit: "add-element",
    at: "",
    element: { name: "a", attributes: { b: "c" }, children: ["d", { name: "e", attributes: {}, children: [] }] },
  },
];
const RESULT = { edits: EDITS, logs: { kept: [{ level: "info", message: "m" }], dropped: 0 }, error: null };

test("a rewriting's result is read as the runtime writes it, and as nothing else", () => {
  assert.deepEqual(readRewriteResult(JSON.stringify(RESULT)), RESULT);
  const error = { kind: "exception", message: "m", stack: "s" };
  assert.deepEqual(readRewriteResult(JSON.stringify({ ...RESULT, edits: [], error })), { ...RESULT, edits: [], error });
  const edit = (each: unknown) => ({ edits: [each] });
  const element = (each: unknown) => edit({ edit: "add-element", at: "", element: each });
  const others = [
    { edits: undefined },
    { edits: {} },
    { logs: undefined },
    { error: undefined },
    { error: { kind: "allow", message: "m" } },
    edit(null),
    edit("remove-element"),
    edit({ edit: "remove", at: "a" }),
    edit({ edit: "toString", at: "a" }),
    edit({ edit: ["remove-element"], at: "a" }),
    edit({ edit: "remove-element" }),
    edit({ edit: "set-text", at: "a" }),
    edit({ edit: "set-text", at: ["a"], value: "b" }),
    edit({ edit: "set-attribute", at: "@a", value: 1 }),
    element(null),
    element("a"),
    element({ name: "a" }),
    element({ name: 1, attributes: {}, children: [] }),
    element({ name: "a", attributes: [], children: [] }),
    element({ name: "a", attributes: { b: 1 }, children: [] }),
    element({ name: "a", attributes: {}, children: {} }),
    element({ name: "a", attributes: {}, children: [1] }),
    element({ name: "a", attributes: {}, children: [{ name: "b" }] }),
  ];
  for (const other of others)
    assert.equal(readRewriteResult(JSON.stringify({ ...RESULT, ...other })), undefined, JSON.stringify(other));
  for (const text of ["", "null", "1", "[]"]) assert.equal(readRewriteResult(text), undefined, text);
});
