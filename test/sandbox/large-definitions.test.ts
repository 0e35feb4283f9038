import assert from "node:assert/strict";
import { test } from "node:test";
import { buildFiles, buildProblems, policy } from "../bundle/build.ts";

/** A policy with more in its definition, which the compiler does not look at. */
function unchecked(name: string, definition: string): string {
  return `// @ts-nocheck
const schema = (validate) => ({ "~standard": { version: 1, vendor: "test", validate } });
export default { name: "${name}", check() {}, ${definition} };
`;
}

/** A definition's settings whose schema gives this value. */
function settings(value: string): string {
  return `settings: schema(() => ({ value: ${value} }))`;
}

/** A definition's settings whose schema finds these issues. */
function issues(list: string): string {
  return `settings: schema(() => ({ issues: ${list} }))`;
}

/** The problems of a policy with this definition, between two others that behave. */
async function problemsBetween(definition: string): Promise<string[]> {
  const [a, c] = [policy("a"), policy("c")];
  return buildProblems({ "policies/a.ts": a, "policies/b.ts": unchecked("b", definition), "policies/c.ts": c });
}

const SETTINGS = "virt-warden.yaml:1:1: rules.b.settings";

test("what is too large in a definition is named, at the policy's file", async () => {
  const tooLarge = "settings are longer than 262144 characters of JSON";
  const parts: Readonly<Record<string, string>> = {
    'description: "x".repeat(2001)': "description is longer than 2000 characters",
    'description: "x".repeat(5_000_000)': "description is longer than 2000 characters",
    [settings('"x".repeat(5_000_000)')]: tooLarge,
    [settings('["x".repeat(262_144 - 3)]')]: tooLarge,
    [settings("Array(140_000).fill(0)")]: tooLarge,
    'on: Array(101).fill("qemu/prepare")': "on has more than 100 entries",
    'on: ["qemu/prepare", "x".repeat(5_000_000)]': "an entry of on is longer than 100 characters",
    'needs: Array(70_000).fill("guests")': "needs has more than 100 entries",
    'needs: ["x".repeat(5_000_000)]': "an entry of needs is longer than 100 characters",
    'whenRunning: "x".repeat(5_000_000)': "whenRunning is longer than 100 characters",
  };
  for (const [part, message] of Object.entries(parts)) {
    assert.deepEqual(await problemsBetween(part), [`policies/b.ts:1: not a valid policy: ${message}`], part);
  }
});

test("what is as large as a definition may be is taken", async () => {
  const on = Array(100).fill("qemu/prepare");
  const largest = `${settings('["x".repeat(262_144 - 4)]')}, on: ${JSON.stringify(on)}, description: "x".repeat(2000)`;
  const { manifest } = await buildFiles({ "policies/a.ts": unchecked("a", largest) });
  const [a] = manifest.policies;
  assert.equal(JSON.stringify(a?.settings).length, 262_144);
  assert.equal(a?.description, "x".repeat(2000));
  assert.deepEqual(a?.on, on);
});

test("policies whose settings are too large together are refused from the first that has no room", async () => {
  const names = Array.from({ length: 14 }, (_, index) => `p${String(index).padStart(2, "0")}`);
  const source = (name: string) => unchecked(name, settings('"x".repeat(250_000)'));
  const files = Object.fromEntries(names.map((name) => [`policies/${name}.ts`, source(name)]));
  const message = "not a valid policy: with the policies before it, its settings take more than 3 MiB";
  assert.deepEqual(
    await buildProblems(files),
    ["p12", "p13"].map((name) => `policies/${name}.ts:1: ${message}`),
  );
});

test("of a schema's issues the first twenty are told, and how many there are", async () => {
  const found = await problemsBetween(
    issues('Array.from({ length: 70_000 }, (_, index) => ({ message: String(index), path: ["x"] }))'),
  );
  assert.deepEqual(found, [
    ...Array.from({ length: 20 }, (_, index) => `${SETTINGS}.x is not what the policy accepts: ${index}`),
    `${SETTINGS} is not what the policy accepts: 69980 more issues`,
  ]);
});

test("an issue of any length is told in bounded length: its place ends before a step that is too long, and after sixteen", async () => {
  const list = `[
  { message: "x".repeat(5_000_000), path: ["y".repeat(5_000_000)] },
  { message: "first", path: ["x", "y".repeat(101), "z"] },
  { message: "second", path: Array(1_000_000).fill("s") },
]`;
  assert.deepEqual(await problemsBetween(issues(list)), [
    `${SETTINGS} is not what the policy accepts: a text of 5000000 characters, too long to be read`,
    `${SETTINGS}.x is not what the policy accepts: first`,
    `${SETTINGS}${".s".repeat(16)} is not what the policy accepts: second`,
  ]);
});

test("a definition's characters that would act on a terminal are kept as they are", async () => {
  const source = unchecked("a", `${settings('"\\u007f"')}, description: "a\\u007f\\u202e"`);
  const { manifest } = await buildFiles({ "policies/a.ts": source });
  assert.equal(manifest.policies[0]?.settings, "\u007f");
  assert.equal(manifest.policies[0]?.description, "a\u007f\u202e");
});
