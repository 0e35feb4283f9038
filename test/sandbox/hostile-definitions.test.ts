import assert from "node:assert/strict";
import { test } from "node:test";
import { buildFiles, buildProblems, policy } from "../bundle/build.ts";

/** A policy that runs code when it is loaded, with a schema whose validation is a function's body. */
function withSchema(name: string, validate: string, atLoad = ""): string {
  return `// @ts-nocheck
import { definePolicy } from "virt-warden";
${atLoad}
const settings = { "~standard": { version: 1, vendor: "test", validate(value) { ${validate} } } };
export default definePolicy({ name: "${name}", settings, check() {} });
`;
}

const CONFIGURATION = `rules:
  a-curious: { settings: { own: 1 } }
  b-secret: { settings: { password: hunter2 } }
`;

const SECRET = withSchema("b-secret", "return { value };");

test("a policy sees no settings but its own, whatever it replaces before they are read", async () => {
  const curious = withSchema(
    "a-curious",
    "return { issues: [{ message: JSON.stringify([value, globalThis.seen ?? null]) }] };",
    `const { parse } = JSON;
const note = (seen) => { globalThis.seen = seen; return seen; };
JSON.parse = (text) => note(parse(text));
Object.hasOwn = (all, name) => { note(all); return true; };
globalThis.String = () => "b-secret";
Object.defineProperty(Object.prototype, "a-curious", { get() { note(this); }, configurable: true });`,
  );
  const files = { "virt-warden.yaml": CONFIGURATION, "policies/a.ts": curious, "policies/b.ts": SECRET };
  const problems = await buildProblems(files);
  assert.match(problems.join("\n"), /\[\{"own":1\},null\]/);
  assert.doesNotMatch(problems.join("\n"), /hunter2/);
});

test("a policy that poisons prototypes when it is loaded spoils nothing but its own description", async () => {
  const poisons = withSchema(
    "a-curious",
    'Array.prototype[Symbol.iterator] = () => "poison"; return { issues: [{ message: "first", path: ["own", { key: 0 }] }, { message: "second" }] };',
    `for (const each of ["map", "join", "filter", "find", "push"]) Array.prototype[each] = () => "poison";
Object.prototype.toJSON = () => "poison";
JSON.stringify = () => "poison";`,
  );
  const files = { "virt-warden.yaml": CONFIGURATION, "policies/a.ts": poisons, "policies/b.ts": SECRET };
  const problems = (await buildProblems(files)).join("\n");
  assert.match(problems, /first/);
  assert.match(problems, /second/);
  assert.doesNotMatch(problems, /poison|evaluator/);
});

test("needs, whenRunning and rewrite that are traps are refused or taken as they are, and end nothing else", async () => {
  const traps = (name: string, parts: string) => `// @ts-nocheck
Object.prototype.toJSON = () => "kill";
Array.isArray = () => true;
const trap = new Proxy(() => {}, { get() { throw 1; }, apply() { throw 2; } });
const { proxy, revoke } = Proxy.revocable([], {});
revoke();
export default { name: "${name}", check() {}, ${parts} };
`;
  const problems = await buildProblems({
    "policies/a.ts": traps("a", "needs: { length: 1, 0: 'guests' }"),
    "policies/b.ts": traps("b", "needs: proxy"),
    "policies/c.ts": traps("c", "get whenRunning() { for (;;); }"),
    "policies/d.ts": traps("d", "whenRunning: trap"),
    "policies/e.ts": policy("e"),
  });
  assert.equal(problems.length, 4);
  assert.match(problems[0] ?? "", /^policies\/a\.ts:1: not a valid policy: needs is not a list/);
  assert.match(problems[1] ?? "", /^policies\/b\.ts.* it threw TypeError: .*revoked/);
  assert.match(problems[2] ?? "", /^policies\/c\.ts.* timed out/);
  assert.match(problems[3] ?? "", /^policies\/d\.ts:1: not a valid policy: whenRunning is "not representable as JSON"/);
  const { manifest } = await buildFiles({ "policies/a.ts": traps("a", "rewrite: trap"), "policies/b.ts": policy("b") });
  assert.deepEqual(
    manifest.policies.map(({ rewrites }) => rewrites),
    [true, false],
  );
});

test("a definition whose parts change whenever they are read is read once", async () => {
  const fickle = `// @ts-nocheck
let reads = 0;
export default { get name() { reads += 1; return reads === 1 ? "first" : "second"; }, check() {} };
`;
  const { manifest } = await buildFiles({ "policies/a.ts": fickle, "policies/b.ts": policy("other") });
  assert.deepEqual(
    manifest.policies.map(({ name }) => name),
    ["first", "other"],
  );
});

test("an endless name or list of events is refused by the policy's file, and ends nothing else", async () => {
  const long = (part: string) => `// @ts-nocheck
export default { check() {}, ${part} };
`;
  const problems = await buildProblems({
    "policies/a.ts": long('name: "x".repeat(100_000_000)'),
    "policies/b.ts": long('name: "b", on: Array(100_000).fill("qemu/prepare")'),
    "policies/c.ts": policy("c"),
  });
  assert.match(problems.join("\n"), /^policies\/a\.ts.*name.*$/m);
  assert.match(problems.join("\n"), /^policies\/b\.ts.*on .*$/m);
  assert.doesNotMatch(problems.join("\n"), /c\.ts|evaluator/);
});

test("a policy that throws while all objects inherit a stack is refused by its file, and ends nothing else", async () => {
  const values = {
    "[1]": "1",
    "{ a: 1 }": "1",
    "Symbol()": "1",
    "'text'": "1",
    "Promise.reject(2)": "a promise was rejected: 2",
  };
  for (const [value, threw] of Object.entries(values)) {
    const throws = `// @ts-nocheck\nObject.prototype.stack = ${value};\nthrow 1;\nexport default {};\n`;
    const problems = await buildProblems({ "policies/a.ts": throws, "policies/b.ts": policy("b") });
    assert.deepEqual(problems, [`policies/a.ts:1: cannot load the policy: it threw ${threw}`], value);
  }
});
