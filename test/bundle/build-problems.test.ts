import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { problemsOf } from "../support/problems.ts";
import { buildFiles, buildFolder, buildProblems, policy } from "./build.ts";

test("a type error is one line with its place", async () => {
  const source = `import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "typed",
  check({ event }) {
    const number: number = event;
  },
});
`;
  assert.deepEqual(await buildProblems({ "policies/typed.ts": source }), [
    "policies/typed.ts:6:11: Type 'string' is not assignable to type 'number' (TS2322)",
  ]);
});

test("what the compiler explains below an error stays in its line", async () => {
  const source = `${policy("typed")}export const a: { b: { c: number } } = { b: { c: 1 } } as { b: { c: string | number } };\n`;
  assert.deepEqual(await buildProblems({ "policies/typed.ts": source }), [
    "policies/typed.ts:6:14: Type '{ b: { c: string | number; }; }' is not assignable to type '{ b: { c: number; }; }': " +
      "The types of 'b.c' are incompatible between these types: Type 'string | number' is not assignable to type 'number': " +
      "Type 'string' is not assignable to type 'number' (TS2322)",
  ]);
});

test("an asynchronous check and an unknown event do not compile", async () => {
  const lines = await buildProblems({
    "policies/a.ts": policy("a").replace("check() {}", "async check() {}"),
    "policies/b.ts": policy("b", '\n  on: ["qemu/begin"],'),
  });
  assert.equal(lines.length, 2);
  assert.match(
    lines[0] ?? "",
    /^policies\/a\.ts:4:9: check must be synchronous: nobody waits for a promise; drop async and await \(TS2322\)$/,
  );
  assert.match(lines[1] ?? "", /^policies\/b\.ts:4:8: "qemu\/begin" is not possible here; .*\(TS2322\)$/);
});

test("a policy sees the sandbox's globals alone: neither Node's, nor a browser's, nor what the sandbox takes away", async () => {
  const names = ["setTimeout", "process", "fetch", "document", "eval", "WebAssembly", "Intl", "Uint8Array", "WeakRef"];
  const source = `${policy("a")}${names.map((name) => `${name};\n`).join("")}new Function("1");\nlet f: Intl.Collator;\n`;
  const lines = await buildProblems({ "policies/a.ts": source });
  const rest = "neither the policy nor the sandbox has it";
  assert.deepEqual(
    lines.map((line) => line.replace(/ \(TS\d+\)$/, "")),
    [
      ...names.map((name, index) => `policies/a.ts:${index + 6}:1: Cannot find name '${name}': ${rest}`),
      `policies/a.ts:${names.length + 6}:5: Cannot find 'Function' as a value: ${rest}`,
      `policies/a.ts:${names.length + 7}:8: Cannot find namespace 'Intl': ${rest}`,
    ],
  );
});

test("who looks for the console learns of the log, and nobody is told to install types", async () => {
  const source = `${policy("a")}console.log(globalThis.process);\nnew Date().toTemporalInstant();\nBun; describe;\n`;
  assert.deepEqual(await buildProblems({ "policies/a.ts": source }), [
    "policies/a.ts:6:1: Cannot find name 'console': neither the policy nor the sandbox has it; the context of check has a log (TS2584)",
    "policies/a.ts:6:24: Cannot find a property of globalThis: neither the policy nor the sandbox has it (TS7017)",
    "policies/a.ts:7:12: Property 'toTemporalInstant' does not exist on type 'Date': the sandbox does not have it (TS2550)",
    "policies/a.ts:8:1: Cannot find name 'Bun': neither the policy nor the sandbox has it (TS2868)",
    "policies/a.ts:8:6: Cannot find name 'describe': neither the policy nor the sandbox has it (TS2593)",
  ]);
});

test("the language's newest parts compile and run: iterators' helpers, sets' methods, using, decorators", async () => {
  const source = `${policy("a", "\n  description: shown.join(),")}
const shown: unknown[] = [new Set([1, 2]).union(new Set([3])).size, [4, 5].values().map((n) => n + 1).toArray()[0]];
class Closing { [Symbol.dispose]() { shown.push("closed"); } }
function twice(target: () => number, _: ClassMethodDecoratorContext) { return () => 2 * target(); }
class Numbers { @twice one() { return 1; } }
{ using closing = new Closing(); shown.push(closing instanceof Closing, new Numbers().one()); }
`;
  const imported = source.split("\n").slice(0, 1);
  const moved = [...imported, ...source.split("\n").slice(6), ...source.split("\n").slice(1, 6)].join("\n");
  const { manifest } = await buildFiles({ "policies/a.ts": moved });
  assert.equal(manifest.policies[0]?.description, "3,5,true,2,closed");
});

test("a package's own references to Node's or a browser's library bring none of it", async () => {
  const files = {
    "node_modules/pack/package.json": '{ "name": "pack", "main": "index.js", "types": "index.d.ts" }',
    "node_modules/pack/index.js": "export const pack = 1;\n",
    "node_modules/pack/index.d.ts":
      '/// <reference lib="dom" />\nexport declare const pack: number;\nexport declare const view: Uint8Array;\n',
    "policies/a.ts": `import { pack } from "pack";\n${policy("a")}pack; document;\n`,
  };
  assert.deepEqual(await buildProblems(files), [
    "policies/a.ts:7:7: Cannot find name 'document': neither the policy nor the sandbox has it (TS2584)",
  ]);
});

test("a package's reference to Node's typings brings none of it, though they are installed beside it", async () => {
  const files = {
    "node_modules/@types/node/package.json": '{ "name": "@types/node", "version": "1.0.0", "types": "index.d.ts" }',
    "node_modules/@types/node/index.d.ts": "declare const process: { env: object };\n",
    "node_modules/pack/package.json": '{ "name": "pack", "main": "index.js", "types": "index.d.ts" }',
    "node_modules/pack/index.js": "export const pack = 1;\n",
    "node_modules/pack/index.d.ts": '/// <reference types="node" />\nexport declare const pack: number;\n',
    "policies/a.ts": `import { pack } from "pack";\n${policy("a")}const one: number = pack; one; process.env;\n`,
  };
  assert.deepEqual(await buildProblems(files), [
    "policies/a.ts:7:32: Cannot find name 'process': neither the policy nor the sandbox has it (TS2591)",
  ]);
});

test("each import of a Node built-in is one line, in whatever file it is", async () => {
  const files = {
    "policies/a.ts": `import { help } from "../shared/help.ts";\n${policy("a")}help();\n`,
    "policies/b.ts": `/* é */ import fs from "fs/promises";\nimport { help } from "../shared/help.ts";\n${policy("b")}help(fs);\n`,
    "shared/help.ts":
      'import { readFileSync } from "node:fs";\nexport const help = (_?: unknown) => import("os");\nreadFileSync;\n',
  };
  assert.deepEqual(await buildProblems(files), [
    "shared/help.ts:1:30: policies cannot use Node's modules: node:fs; all that a policy may know is in its context",
    "shared/help.ts:2:45: policies cannot use Node's modules: os; all that a policy may know is in its context",
    "policies/b.ts:1:24: policies cannot use Node's modules: fs/promises; all that a policy may know is in its context",
  ]);
});

test("a package that uses a Node built-in is named with the policy that it is bundled for", async () => {
  const files = {
    "node_modules/pack/package.json": '{ "name": "pack", "main": "index.js", "types": "index.d.ts" }',
    "node_modules/pack/index.js": 'export * from "node:net";\n',
    "node_modules/pack/index.d.ts": "export declare const pack: number;\n",
    "policies/a.ts": `import { pack } from "pack";\n${policy("a")}pack;\n`,
  };
  assert.deepEqual(await buildProblems(files), [
    "node_modules/pack/index.js:1:15: policies cannot use Node's modules: node:net; all that a policy may know is in its context (bundled for FOLDER/policies/a.ts)",
  ]);
});

test("what cannot be bundled is one line: missing files, tests' tools, computed imports, broken syntax", async () => {
  const files = {
    "policies/a.ts": `import "./missing.ts";\n${policy("a")}`,
    "policies/b.ts": `import "virt-warden/test";\n${policy("b")}`,
    "policies/c.ts": `${policy("c")}export const load = (name: string) => import(name);\n`,
    "policies/d.ts": "export default definePolicy({ name: ;\n",
  };
  assert.deepEqual(await buildProblems(files), [
    'policies/a.ts:1:8: Could not resolve "./missing.ts"',
    "policies/b.ts:1:8: policies cannot import virt-warden/test: it is for tests, named *.test.ts",
    'policies/c.ts:6:39: This "import" expression will not be bundled because the argument is not a string literal',
    'policies/d.ts:1:37: Unexpected ";"',
  ]);
});

test("where the configuration's folder is a link, an error is still one line", async () => {
  const files = { "virt-warden.yaml": "", "policies/a.ts": `import "./none.ts";\nlet x: number = "";\n` };
  const folder = await makeFolder(prefixed("real/deep/", files));
  await symlink("real/deep", join(folder, "link"));
  assert.deepEqual(await problemsOf(buildFolder(join(folder, "link")), folder), [
    'real/deep/policies/a.ts:1:8: Could not resolve "./none.ts"',
    "real/deep/policies/a.ts:2:5: Type 'string' is not assignable to type 'number' (TS2322)",
  ]);
});

function prefixed(prefix: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, contents]) => [prefix + name, contents]));
}

test("a missing default export is one line", async () => {
  assert.deepEqual(await buildProblems({ "policies/a.ts": "export const nothing = 1;\n" }), [
    "policies/a.ts:1: no default export: a policy's file ends in export default definePolicy({ … })",
  ]);
});

test("a policy that cannot be loaded is one line", async () => {
  const lines = await buildProblems({
    "policies/a.ts": `throw new Error("broken");\n${policy("a")}`,
    "policies/b.ts": policy("Not A Name"),
  });
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? "", /^policies\/a\.ts:1:7: cannot load the policy: .*broken/);
  assert.match(lines[1] ?? "", /^policies\/b\.ts:1: not a valid policy: name "Not A Name"/);
});

test("a policy that loops while it loads is one line", async () => {
  const files = { "virt-warden.yaml": "limits: { time: 250ms }\n", "policies/a.ts": `for (;;);\n${policy("a")}` };
  const lines = await buildProblems({ ...files, "policies/b.ts": policy("b") });
  assert.match(lines[0] ?? "", /^policies\/a\.ts:1: cannot load the policy: timed out after 250 ms/);
  assert.equal(lines.length, 1);
});

test("a duplicate name names both places", async () => {
  const files = { "policies/a.ts": policy("same"), "policies/b.ts": `\n${policy("same")}` };
  assert.deepEqual(await buildProblems(files), [
    "policies/b.ts:4: policy name same is taken by FOLDER/policies/a.ts:3: give each policy a name of its own",
  ]);
});

test("a rule for a name that no policy has names its line and the nearest policy", async () => {
  const files = {
    "virt-warden.yaml": "rules:\n  constructor: { mode: off }\n  allowed-netwroks: { mode: warn }\n  zzzzzz: {}\n",
    "policies/a.ts": policy("allowed-networks"),
    "policies/b.ts": policy("constructor"),
  };
  assert.deepEqual(await buildProblems(files), [
    "virt-warden.yaml:3:3: rule for allowed-netwroks, a name that no policy has; did you mean allowed-networks?",
    "virt-warden.yaml:4:3: rule for zzzzzz, a name that no policy has; there are allowed-networks, constructor",
  ]);
});

test("invalid settings name the line in the configuration", async () => {
  const schema = "\n  settings: v.object({ allowed: v.array(v.string()), most: v.number() }),";
  const source = `import * as v from "valibot";\n${policy("a", schema)}`;
  const yaml = "rules:\n  a:\n    settings:\n      allowed:\n        - default\n        - 5\n";
  const [allowed, most, ...rest] = await buildProblems({ "virt-warden.yaml": yaml, "policies/a.ts": source });
  assert.match(
    allowed ?? "",
    /^virt-warden\.yaml:6:11: rules\.a\.settings\.allowed\[1\] is not what the policy accepts: /,
  );
  assert.match(most ?? "", /^virt-warden\.yaml:3:5: rules\.a\.settings\.most is not what the policy accepts: /);
  assert.deepEqual(rest, []);
  assert.match(
    (await buildProblems({ "virt-warden.yaml": "log: /x\n", "policies/a.ts": source }))[0] ?? "",
    /^virt-warden\.yaml:1:1: rules\.a\.settings\.allowed /,
  );
});

test("settings for a policy that takes none are a problem", async () => {
  const files = { "virt-warden.yaml": "rules:\n  a:\n    settings: { x: 1 }\n", "policies/a.ts": policy("a") };
  const lines = await buildProblems(files);
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? "", /^virt-warden\.yaml:3:5: rules\.a\.settings is not what the policy accepts: /);
});
