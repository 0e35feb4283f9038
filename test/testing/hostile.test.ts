import assert from "node:assert/strict";
import { test } from "node:test";
import { runCommand } from "../cli/run-command.ts";
import { makeFolder } from "../support/folder.ts";

/** Each ends the process that it runs in: by what no timer of V8's stops, and by memory that V8 does not survive. */
const STUCK = "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);";
const FATAL = '"x".repeat(2 ** 26).split("");';

const POLICY = `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "ending",
  check({ domain, deny }) {
    if (domain.name === "stuck") ${STUCK}
    if (domain.name === "fatal") ${FATAL}
    deny("it came to its end");
  },
});
`;

const ENDING = `import { guest, judge, test } from "virt-warden/test";
import ending from "./ending.ts";
const named = (name: string) => judge(ending, guest("", { name }));
test("stuck", () => {
  named("web1").denied("its end");
  named("stuck").failed({ policy: "ending", kind: "timeout", message: "timed out after 500 ms" });
  return named("web1").denied("its end");
});
test("fatal", () => {
  named("fatal").failed({ kind: "memory" });
  return named("web1").denied("its end");
});
test("later", () => named("web1").denied("its end"));
`;

const OWN = `import { equal, ok, test } from "virt-warden/test";
test("fatal", () => { ${FATAL} });
test("nothing of the host", () => {
  const found: string[] = [];
  const seen = new Set<unknown>();
  const look = (value: unknown, path: string): void => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) return;
    seen.add(value);
    if ("applySyncPromise" in value || "derefInto" in value) found.push(path);
    for (const key of Reflect.ownKeys(value)) {
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      for (const part of [property?.value, property?.get, property?.set]) look(part, path + "." + String(key));
    }
    look(Reflect.getPrototypeOf(value), path + ".__proto__");
  };
  look(globalThis, "globalThis");
  ok(seen.size > 100);
  equal(found, []);
  const names = ["process", "require", "eval", "Function", "WebAssembly", "console", "setTimeout"];
  equal(names.filter((name) => name in globalThis), []);
  equal(((): void => {}).constructor, undefined);
});
test("no answer of the engine's own", () => {
  const { ask } = (globalThis as never)["$virtWarden"] as { ask(question: unknown): string };
  const questions = ["null", "[]", "{}", "no JSON", '{"ask":"__proto__"}', '{"ask":"judge","document":1,"options":{}}',
    '{"ask":"judge","document":"","options":{"host":{"guests":1}}}', '{"ask":"guest","parts":"","options":null}'];
  for (const question of questions) {
    const { ok: isAnswered, message } = JSON.parse(ask(question));
    equal(isAnswered, false);
    ok(!/itself failed|\\/|undefined|reading/.test(message.replace("typings/test.d.ts", "")), message);
  }
});
test("stuck", () => { ${STUCK} });
test("never run", () => ok(true));
`;

const files = {
  "virt-warden.yaml": "limits: { time: 500ms, memory: 16MiB }\n",
  "policies/ending.ts": POLICY,
  "policies/ending.test.ts": ENDING,
  "policies/own.test.ts": OWN,
};

/** What the command said of each test. */
function outcomes(stdout: string): string[] {
  return [...stdout.matchAll(/^ {2}([✔✖]) (.*?)(?: [\d.]+ ms)?$/gm)].map(([, mark, name]) => `${mark} ${name}`);
}

test("a policy that ends its process failed where it was judged, and all else is judged as ever", async () => {
  const { status, stdout, stderr } = runCommand(["test", "policies/ending.test.ts"], { cwd: await makeFolder(files) });
  assert.deepEqual(outcomes(stdout), ["✔ stuck", "✔ fatal", "✔ later"], stdout);
  assert.equal(stderr, "");
  assert.equal(status, 0);
});

test("a test that ends its process fails, finds no way out, and holds up nobody", async () => {
  const folder = await makeFolder(files);
  const { status, stdout } = runCommand(["test", "policies/own.test.ts", "--timeout", "2"], { cwd: folder });
  assert.deepEqual(
    outcomes(stdout),
    [
      "✖ fatal",
      "✔ nothing of the host",
      "✔ no answer of the engine's own",
      "✖ stuck",
      "✖ nothing was run after the test stuck",
    ],
    stdout,
  );
  assert.match(
    stdout,
    /own\.test\.ts: fatal\n {2}its own code ended the process: it used up the memory, or crashed it/,
  );
  assert.match(stdout, /own\.test\.ts: stuck\n {2}timed out after 2 s/);
  assert.equal(status, 1);
});

test("a file that cannot be loaded is broken, with the place", async () => {
  const folder = await makeFolder({
    ...files,
    "policies/throwing.test.ts": `import { ok } from "virt-warden/test";\n\nok(false, "not here");\n`,
    "policies/fatal.test.ts": `import "virt-warden/test";\n${FATAL}\n`,
  });
  const words = ["test", "policies/throwing.test.ts", "policies/fatal.test.ts"];
  const { status, stdout } = runCommand(words, { cwd: folder });
  assert.deepEqual(outcomes(stdout), [
    "✖ its own code ended the process: it used up the memory, or crashed it",
    "✖ not here, got false",
  ]);
  assert.match(stdout, /at policies\/throwing\.test\.ts:3:1\n/);
  assert.equal(status, 1);
});
