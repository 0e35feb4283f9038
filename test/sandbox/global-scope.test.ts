import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { parseLibrary } from "../../scripts/generate/library/parse-library.ts";
import { guest } from "../support/documents.ts";
import { makeFolder } from "../support/folder.ts";
import { judgeWith } from "../support/judge.ts";
import { SAMPLES, SHAPES, UNDECLARED } from "./global-scope-samples.ts";
import { memberName } from "./member-name.ts";

const library = readFileSync(new URL("../../typings/globals.d.ts", import.meta.url), "utf8");
const declarations = parseLibrary([{ name: "globals", text: library }]);
const interfaces = declarations.filter(({ kind }) => kind === "interface");
const globals = new Set(declarations.filter(({ kind }) => /value|namespace/.test(kind)).map(({ name }) => name));

/** What the language has without a library. */
const BUILT_IN = ["globalThis", "undefined"];

/** The type of a decorator's context is of the compiler's making. */
const isShape = (name: string) => SHAPES.includes(name) || /^Class\w*Decorator/.test(name);

/** Code for a value of an interface. */
function sampleOf(name: string): string | undefined {
  const [, made = ""] = /^(\w+)Constructor$/.exec(name) ?? [];
  return globals.has(made) ? made : SAMPLES[name];
}

/** The members of each interface that has a sample, as the library writes them. */
function declaredMembers(): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>();
  for (const { name, members: own } of interfaces) {
    if (sampleOf(name) === undefined) continue;
    const named = own.flatMap(({ text }) => memberName(text) ?? []);
    const names = named.filter(({ optional }) => !optional).map((member) => member.name);
    members.set(name, new Set([...(members.get(name) ?? []), ...names]));
  }
  return members;
}

/** Runs code in the real sandbox and returns what it says. */
async function inSandbox(code: string): Promise<string[]> {
  const source = `// @ts-nocheck
import { definePolicy } from "virt-warden";
const key = (name) => (name.startsWith("[Symbol.") ? Symbol[name.slice(8, -1)] : name);
const written = (key) => (typeof key === "symbol" ? "[" + key.description + "]" : key);
export default definePolicy({ name: "scope", check({ deny: say }) {\n${code}\n} });\n`;
  const folder = await makeFolder({ "scope.ts": source });
  const judge = await judgeWith(pathToFileURL(join(folder, "scope.ts")), "scope");
  const { findings, failures } = await judge(guest());
  assert.deepEqual(failures, []);
  return findings.map(({ reason }) => reason);
}

test("the library declares the sandbox's global names, all of them and no other", async () => {
  const [names = ""] = await inSandbox('say(Object.getOwnPropertyNames(globalThis).join(" "));');
  assert.deepEqual(names.split(" ").sort(), [...globals, ...BUILT_IN].sort());
});

test("every interface of the library is either checked against a value or a mere shape", () => {
  const names = [...new Set(interfaces.map(({ name }) => name))];
  assert.deepEqual(
    names.filter((name) => (sampleOf(name) === undefined) !== isShape(name)),
    [],
  );
  assert.deepEqual(
    [...Object.keys(SAMPLES), ...SHAPES].filter((name) => !names.includes(name)),
    [],
  );
});

test("every member that the library declares is there in the sandbox", async () => {
  const members = declaredMembers();
  assert.ok([...members.values()].reduce((sum, names) => sum + names.size, 0) > 500);
  const checks = [...members].map(([name, names]) => `[${JSON.stringify(name)}, ${sampleOf(name)}, ${list(names)}],`);
  const code = `for (const [name, sample, members] of [${checks.join("\n")}])
    for (const member of members) if (!(key(member) in Object(sample))) say(name + "." + member);`;
  assert.deepEqual(await inSandbox(code), []);
  const reflect = declarations.find(({ name }) => name === "Reflect")?.text.match(/(?<=^ +function )\w+/gm) ?? [];
  assert.ok(reflect.length > 10);
  const functions = `for (const name of ${list(reflect)}) if (typeof Reflect[name] !== "function") say(name);`;
  assert.deepEqual(await inSandbox(functions), []);
});

test("every member in the sandbox is declared, but for those that TypeScript does not know", async () => {
  // a type without a global of its own may be but a view of another's values
  const names = new Set(
    interfaces.map(({ name }) => name).filter((name) => globals.has(name.replace(/Constructor$/, ""))),
  );
  const checks = [...names].map(
    (name) => `[${JSON.stringify(name)}, ${sampleOf(name)}, ${list(withInherited(name))}],`,
  );
  const code = `const missing = new Set();
    for (const [name, sample, declared] of [${checks.join("\n")}]) {
      const own = typeof sample === "function" || sample === Math || sample === JSON;
      const known = new Set(["constructor", ...declared.map(key)]);
      for (const each of Reflect.ownKeys(own ? sample : Object.getPrototypeOf(Object(sample)))) {
        if (!known.has(each)) missing.add(name + "." + written(each));
      }
    }
    say([...missing].sort().join(" "));`;
  const [missing = ""] = await inSandbox(code);
  assert.deepEqual(missing.split(" "), UNDECLARED);
});

/** The members of an interface and of all that it inherits from. */
function withInherited(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return new Set();
  seen.add(name);
  const own = interfaces.filter((each) => each.name === name);
  const parents = own.flatMap(({ mentions }) => [...mentions]);
  parents.push(name.endsWith("Constructor") ? "Function" : "Object");
  const names = own.flatMap(({ members }) => members.flatMap(({ text }) => memberName(text)?.name ?? []));
  return new Set([...names, ...parents.flatMap((parent) => [...withInherited(parent, seen)])]);
}

function list(names: Iterable<string>): string {
  return JSON.stringify([...names].map((name) => name.replace(/^"(.*)"$/, "$1")));
}
