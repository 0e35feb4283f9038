import assert from "node:assert/strict";
import { test } from "node:test";
import { buildFiles, buildProblems } from "./build.ts";

/** A policy whose definition the compiler does not look at. */
function unchecked(definition: string): string {
  return `const definition: object = ${definition};\nexport default definition;\n`;
}

/** What is wrong with a policy of this definition, without its file's name. */
async function problem(definition: string, configuration = ""): Promise<string> {
  const files = { "virt-warden.yaml": configuration, "policies/a.ts": unchecked(definition) };
  const [first = "", ...rest] = await buildProblems(files);
  assert.deepEqual(rest, []);
  return first.replace("policies/a.ts:1: ", "");
}

test("a name is made of a-z, 0-9 and -", async () => {
  for (const name of ["Upper", "with space", "", "a/b", "a\\n", "ä"]) {
    assert.equal(
      await problem(`{ name: "${name}", check() {} }`),
      `not a valid policy: name "${name}" is not made of a-z, 0-9 and -`,
    );
  }
  assert.match(await problem("{ check() {} }"), /^not a valid policy: name .* is not made of a-z, 0-9 and -$/);
  assert.match(await problem("{ name: 7, check() {} }"), /^not a valid policy: name 7 is not made of/);
});

test("check is a function", async () => {
  assert.equal(await problem('{ name: "a" }'), "not a valid policy: check is not a function");
  assert.equal(await problem('{ name: "a", check: {} }'), "not a valid policy: check is not a function");
});

test("on is a list of libvirt's events, and not empty", async () => {
  const on = (events: string) => problem(`{ name: "a", on: ${events}, check() {} }`);
  assert.equal(await on("[]"), "not a valid policy: on is empty: name an event, or leave it out for the usual ones");
  assert.equal(await on('"qemu/prepare"'), "not a valid policy: on is not a list of events");
  assert.equal(
    await on('["qemu/prepare", "qemu/prepared"]'),
    'not a valid policy: on has "qemu/prepared", which is no event of libvirt\'s',
  );
  assert.equal(await on("[7]"), "not a valid policy: on has 7, which is no event of libvirt's");
  assert.equal(await on('["toString"]'), 'not a valid policy: on has "toString", which is no event of libvirt\'s');
});

test("needs is a list of what a policy can have", async () => {
  const needs = (list: string) => problem(`{ name: "a", needs: ${list}, check() {} }`);
  assert.equal(
    await needs('["guests", "secret"]'),
    'not a valid policy: needs has "secret", which no policy can have; there are guests and secrets',
  );
  assert.equal(
    await needs('["toString"]'),
    'not a valid policy: needs has "toString", which no policy can have; there are guests and secrets',
  );
  for (const list of ['"guests"', "{}", "() => 1", "null"]) {
    assert.equal(await needs(list), "not a valid policy: needs is not a list; there are guests and secrets", list);
  }
});

test("whenRunning is kill or nothing, and rewrite a function or nothing", async () => {
  const when = (value: string) => problem(`{ name: "a", on: ["qemu/started"], whenRunning: ${value}, check() {} }`);
  const instead = 'write "kill", or leave it out';
  assert.equal(await when('"stop"'), `not a valid policy: whenRunning is "stop": ${instead}`);
  assert.equal(await when("true"), `not a valid policy: whenRunning is true: ${instead}`);
  assert.equal(await when("() => 1"), `not a valid policy: whenRunning is "function": ${instead}`);
  for (const value of ["{}", "null", '"edit"']) {
    assert.equal(
      await problem(`{ name: "a", check() {}, rewrite: ${value} }`),
      "not a valid policy: rewrite is not a function",
      value,
    );
  }
});

test("settings are a Standard Schema that answers at once", async () => {
  const settings = (schema: string) => problem(`{ name: "a", settings: ${schema}, check() {} }`);
  assert.match(await settings("{}"), /not a valid policy: settings is not a Standard Schema; write one with valibot/);
  assert.match(
    await settings('{ "~standard": {} }'),
    /not a valid policy: settings is not a Standard Schema; write one with valibot/,
  );
  assert.match(
    await settings('{ "~standard": { validate: async () => ({ value: 1 }) } }'),
    /not a valid policy: the settings' schema is asynchronous; nobody waits for it: use one that is synchronous$/,
  );
  assert.match(
    await settings('{ "~standard": { validate() { throw new RangeError("oh"); } } }'),
    /cannot validate the settings: their schema threw RangeError: oh$/,
  );
});

test("settings that would not reach a policy as its schema has them are refused", async () => {
  const settings = (value: string) =>
    problem(`{ name: "a", settings: { "~standard": { validate: () => ({ value: ${value} }) } }, check() {} }`);
  assert.match(
    await settings("{ banned: new Map() }"),
    /settings\.banned is a Map; a policy gets its settings as JSON$/,
  );
  assert.match(await settings("[new Date(0)]"), /settings\.0 is a Date; /);
  assert.match(await settings("{ a: { b: [1, NaN] } }"), /settings\.a\.b\.1 is NaN; /);
  assert.match(await settings("() => 1"), /settings is a function; /);
});

test("an issue's path may be keys or objects that hold one, and names the line of the value", async () => {
  const schema = `{ "~standard": { validate: () => ({ issues: [{ message: "no\\nway", path: ["list", { key: 1 }] }] }) } }`;
  const configuration = "rules:\n  a:\n    settings:\n      list:\n        - x\n        - y\n";
  assert.equal(
    await problem(`{ name: "a", settings: ${schema}, check() {} }`, configuration),
    "virt-warden.yaml:6:11: rules.a.settings.list[1] is not what the policy accepts: no way",
  );
});

test("what a schema makes of the settings is what the manifest holds", async () => {
  const schema = `{ "~standard": { validate: (value: object) => ({ value: { ...value, more: ["x"] } }) } }`;
  const { manifest } = await buildFiles({
    "virt-warden.yaml": "rules: { a: { settings: { some: 1 } } }\n",
    "policies/a.ts": unchecked(`{ name: "a", settings: ${schema}, check() {} }`),
  });
  assert.deepEqual(manifest.policies[0]?.settings, { some: 1, more: ["x"] });
});

test("without on a policy watches admissions of QEMU's guests, and a description that is no text is left out", async () => {
  const { manifest } = await buildFiles({ "policies/a.ts": unchecked('{ name: "a", description: 7, check() {} }') });
  const [policy] = manifest.policies;
  assert.deepEqual(policy?.on, ["qemu/prepare", "qemu/migrate", "qemu/restore"]);
  assert.equal(policy?.description, undefined);
});
