import assert from "node:assert/strict";
import { test } from "node:test";
import { runCommand } from "../cli/run-command.ts";
import { makeFolder } from "../support/folder.ts";

const NO_POLICY = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "p", check() {} });
`;

const CHANGING = `import { ok, test } from "virt-warden/test";
declare const $virtWarden: { tests: { run: () => void }[]; asserted: number };
Object.defineProperty(Object.prototype, "toJSON", { value: () => "changed" });
Object.defineProperty(Object.prototype, "verdict", { value: 0 });
test("replaces another, and JSON", () => {
  for (const each of $virtWarden.tests) each.run = () => void ($virtWarden.asserted = 1);
  JSON.stringify = (() => '{"ok":true}') as never;
  ok(true);
});
test("is not replaced", () => ok(false, "not here"));
test("throws what cannot be read", () => {
  throw { get verdict(): number { throw new Error("no"); }, get message(): string { throw new Error("no"); } };
});
test("throws a number that JSON has none of", () => { throw { message: "odd", verdict: Number.NaN }; });
test("leaves a loop", () => { void Promise.resolve().then(() => { for (;;); }); ok(true); });
test("comes after", () => ok(true));
`;

/** More text of failures than a record holds, where each was told in full. */
const MANY = `import { ok, test } from "virt-warden/test";
for (let count = 0; count < 1000; count++) test("test " + count, () => ok(false, "\\u0001".repeat(5000)));
`;

const NAMED = `import { ok, test } from "virt-warden/test";
test("\\u001b[2J\\n# SKIP ]]>", () => ok(true));
test("n".repeat(1_000_000), () => ok(true));
`;

test("what a test does to its globals changes no other test's result, and what it leaves running is its own", async () => {
  const folder = await makeFolder({ "virt-warden.yaml": "", "a.test.ts": CHANGING, "policies/p.ts": NO_POLICY });
  const { status, stdout } = runCommand(["test", "a.test.ts", "--timeout", "1", "--reporter", "tap"], { cwd: folder });
  assert.equal(status, 1);
  assert.deepEqual(
    [...stdout.matchAll(/^ {4}((?:not )?ok \d+)/gm)].map(([, point]) => point),
    ["ok 1", "not ok 2", "not ok 3", "not ok 4", "not ok 5", "ok 6"],
    stdout,
  );
  // the rest is shown by the JSON that it changed
  const messages = [...stdout.matchAll(/^ {6}message: "(.*)"$/gm)].map(([, message]) =>
    message?.replace(/, got .*/, ""),
  );
  assert.deepEqual(messages, ["not here", "threw something that has no text", "Error: odd", "timed out after 1 s"]);
});

test("however much there is to say of failures, each is told; a name has its limit", async () => {
  const folder = await makeFolder({
    "virt-warden.yaml": "",
    "many.test.ts": MANY,
    "named.test.ts": NAMED,
    "policies/p.ts": NO_POLICY,
  });
  const { status, stdout } = runCommand(["test"], { cwd: folder });
  assert.equal(status, 1);
  assert.match(stdout, /\n0 passed, 1000 failed, 1 file broken in 2 files, /);
  assert.match(stdout, /named\.test\.ts\n {2}✖ test\(\): a name has at most 300 characters, and one has 1000000\n/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none is to be there
  assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f]/);
});
