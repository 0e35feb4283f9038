import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { withAsyncNames } from "../../src/bundle/async-functions.ts";
import { withoutPaths } from "../../src/bundle/without-paths.ts";
import { buildProblems, policy } from "./build.ts";

/** Lowers a module's source as policies are. */
async function lowered(contents: string): Promise<{ before: string; after: string }> {
  const { outputFiles } = await build({
    stdin: { contents },
    write: false,
    bundle: true,
    minifyWhitespace: true,
    format: "iife",
    globalName: "__policy",
    target: "es2024",
    supported: { "async-await": false, "async-generator": false, "for-await": false },
  });
  const before = withoutPaths(outputFiles[0]?.text ?? "");
  return { before, after: withAsyncNames(before) };
}

/** Runs the function that a module exports by default. */
async function run<T>(contents: string): Promise<T> {
  const { after } = await lowered(contents);
  return runInNewContext(`${after};__policy.default()`, {}, { filename: "policy" });
}

const NAMED = {
  "a function": "async function late() { throw new Error(); } export default late;",
  "an arrow function": "const late = async () => { throw new Error(); }; export default late;",
  "one of a value": "const late = async (a = (() => 1)(), b) => { throw new Error(); }; export default () => late();",
  "a method": "const a = { async late(b = 'x') { throw new Error(); } }; export default () => a.late();",
  "a class's": "class A { static async late() { throw new Error(); } } export default () => A.late();",
  "a private one":
    "class A { static async #late() { throw new Error(); } static a() { return A.#late(); } } export default A.a;",
  "one of a property": "const a = { b: 1, late: async () => { throw new Error(); } }; export default () => a.late();",
  "one with destructured parameters":
    "async function late({ a } = {}, ...[b]) { await a; throw new Error(b); } export default () => late();",
};

for (const [what, code] of Object.entries(NAMED)) {
  test(`${what} has its name in a stack trace`, async () => {
    const stack = await run<string>(code).catch(({ stack }) => String(stack));
    assert.match(stack, /^Error.*\n {4}at (?:\w+\.)?#?late \(policy:1:/);
  });
}

test("nothing moves in lines that a source map speaks of", async () => {
  for (const code of [...Object.values(NAMED), "export default async function* () { yield `a\nb`; }"]) {
    const { before, after } = await lowered(code);
    const [old, now] = [before.split("\n").slice(0, -2), after.split("\n").slice(0, -2)];
    assert.deepEqual(
      now.map(({ length }) => length),
      old.map(({ length }) => length),
    );
    assert.notDeepEqual(now, old);
  }
});

test("lowered functions do what async ones do", async () => {
  const code = `
    const wait = (value) => new Promise((resolve) => resolve(value));
    async function* count(to) { for (let i = 0; i < to; i++) yield await wait(i); return "end"; }
    async function recurse(n) { return n === 0 ? 0 : n + (await recurse(n - 1)); }
    class Base { async name() { return "base"; } }
    class Derived extends Base { async name() { return (await super.name()) + arguments.length; } }
    const caught = async () => { try { await (async () => { throw 1; })(); } catch (error) { return error; } finally { await 0; } };
    export default async () => {
      const seen = [];
      for await (const each of count(3)) seen.push(each);
      const generator = count(1);
      seen.push((await generator.next()).value, (await generator.return("r")).value, (await generator.next()).done);
      const broken = (async function* () { throw "broken"; })();
      await broken.next().catch((error) => seen.push(error));
      const early = (async (a = (() => { throw "early"; })()) => {})();
      await early.catch((error) => seen.push(error));
      return JSON.stringify([...seen, await recurse(4), await new Derived().name(1, 2), await caught()]);
    };`;
  assert.equal(await run(code), '[0,1,2,0,"r",true,"broken","early",10,"base2",1]');
});

test("code without async functions stays as it is, and names that are taken are refused", async () => {
  const { before, after } = await lowered("export default () => 1;");
  assert.equal(after, before);
  await assert.rejects(
    lowered("const $vw0000 = 1; export default async () => $vw0000;"),
    /^TakenNameError: the policy, or what it imports, has the name \$vw0000, /,
  );
});

test("a policy that has such a name is refused by its file's name", async () => {
  const taken = `const $vw0000 = async () => {};\nvoid $vw0000();\n${policy("taken")}`;
  const problems = await buildProblems({ "policies/a.ts": taken, "policies/b.ts": policy("b") });
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /^policies\/a\.ts:1: the policy, or what it imports, has the name \$vw0000, /);
});
