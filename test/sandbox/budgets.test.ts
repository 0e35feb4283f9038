import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { type Built, build, hook } from "../support/launcher.ts";

/** Policies that do not let themselves be stopped, or not easily, and what the hook says of each. */
const HOSTILE: Readonly<Record<string, readonly [string, RegExp]>> = {
  loop: ["for (;;);", /timed out after 500 ms/],
  "loop-in-microtask": ["Promise.resolve().then(() => { for (;;); });", /timed out after 500 ms/],
  "loop-in-message": ["throw { get message(): string { for (;;); } };", /timed out after 500 ms/],
  "loop-in-builtin": ["Array.prototype.indexOf.call({ length: 2 ** 53 - 1 } as never, 1);", /timed out after 500 ms/],
  "loop-in-fields": ["context.log.info('x', { get at(): string { for (;;); } });", /timed out after 500 ms/],
  "memory-of-strings": [
    "const all: string[] = []; for (let i = 0; ; i++) all.push(String(i).padEnd(100_000, 'x') + i);",
    /ran out of its 16 MiB of memory|timed out after 500 ms/,
  ],
  "memory-of-one-array": [
    "const all = new Array(1e8).fill(0); all[0] = 1;",
    /ran out of its 16 MiB of memory|timed out after 500 ms/,
  ],
  "deep-recursion": ["const f = (): number => f() + 1; f();", /RangeError: Maximum call stack size exceeded/],
  exception: ["throw new TypeError('wrong');", /failed: TypeError: wrong$/m],
  "exception-without-text": ["throw { toString() { throw 1; } };", /failed: threw something that has no text/],
  "rejects-late": [
    "void (async () => { await null; throw new TypeError('late'); })();",
    /failed: a promise was rejected: TypeError: late$/m,
  ],
  "returns-a-promise": [
    "return Promise.resolve() as unknown as undefined;",
    /failed: check returned a promise; it must be synchronous/,
  ],
  "returns-a-value": ["return true as unknown as undefined;", /failed: check returned a value \(boolean\)/],
};

describe("a policy that misbehaves", () => {
  for (const [name, [source, reason]] of Object.entries(HOSTILE)) {
    test(`refuses with status 2 and its name: ${name}`, async () => {
      const { bundle } = await build({ [name]: source }, "limits: { time: 500ms, memory: 16MiB }");
      const started = performance.now();
      const { status, stderr } = await hook(bundle);
      assert.match(stderr, new RegExp(`^virt-warden: policy ${name} failed: `));
      assert.match(stderr, reason);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
      assert.equal(status, 2);
      assert.ok(performance.now() - started < 8000, "within its budget, with room for a slow machine");
    });
  }
});

describe("policies beside one another", () => {
  let built: Built;
  before(async () => {
    const hostile = ["loop", "loop-in-builtin", "memory-of-one-array", "exception"];
    const policies = Object.fromEntries(hostile.map((name) => [name, HOSTILE[name]?.[0] ?? ""]));
    built = await build(
      { "a-denial": "context.deny('first');", ...policies, "z-denial": "context.deny('last');" },
      "limits: { time: 500ms, memory: 16MiB, deadline: 20s }",
    );
  });

  test("each run and report, whatever the others do", async () => {
    const { status, stderr } = await hook(built.bundle);
    assert.deepEqual(
      stderr
        .trimEnd()
        .split("\n")
        .map((line) => line.split(": ").slice(1, 2).join()),
      [
        "denied by a-denial",
        "denied by z-denial",
        "policy exception failed",
        "policy loop-in-builtin failed",
        "policy loop failed",
        "policy memory-of-one-array failed",
      ],
    );
    assert.equal(status, 1);
  });
});

test("a denial after check has returned still counts", async () => {
  const { bundle } = await build({ late: 'void (async () => { await null; context.deny("late"); })();' });
  const { status, stderr } = await hook(bundle);
  assert.equal(stderr, "virt-warden: denied by late: late\n");
  assert.equal(status, 1);
});

test("a flood of long denials is cut, in the log as well, without taking long", async () => {
  for (const character of ["x", "\\u0001", "東"]) {
    const flood = `for (let i = 0; i < 1000; i++) { context.deny("${character}".repeat(3000)); context.warn("${character}".repeat(3000)); }`;
    const { bundle, log } = await build({ flood }, "limits: { time: 5s }");
    const started = performance.now();
    const { status, stderr } = await hook(bundle);
    assert.equal(status, 1);
    assert.ok(Buffer.byteLength(stderr) <= 4096, `${Buffer.byteLength(stderr)} bytes`);
    assert.match(stderr, /virt-warden: \d+ more reasons are in the decision log\n$/);
    assert.ok((await readFile(log)).length < 300_000);
    assert.ok(performance.now() - started < 10_000);
  }
});

test("a policy is not blamed for the memory that others left behind", async () => {
  const greedy =
    "const all: string[] = []; for (let i = 0; i < 60; i++) all.push(String(i).padEnd(100_000, 'x') + i); (globalThis as Record<string, unknown>).kept = all;";
  const policies = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`greedy-${index}`, greedy]));
  const { bundle } = await build(policies, "limits: { time: 5s, memory: 16MiB, deadline: 60s }");
  assert.deepEqual(await hook(bundle), { status: 0, stdout: "", stderr: "" });
});

describe("a policy's global scope", () => {
  test("has nothing of the host, nor code from text", async () => {
    const names = ["process", "require", "fetch", "setTimeout", "eval", "Function", "WebAssembly", "console", "Buffer"];
    const { bundle } = await build({
      scope: `
        const global = globalThis as Record<string, unknown>;
        const found = ${JSON.stringify(names)}.filter((name) => name in global);
        if (found.length > 0) context.deny("has " + found.join());
        for (const each of [() => {}, async () => {}, function* () {}, async function* () {}]) {
          if ((each as { constructor?: unknown }).constructor !== undefined) context.deny("has a function constructor");
        }
        const own = Object.getOwnPropertyNames(global).filter((name) => !/^[A-Z]|^(global|is|parse|decode|encode|escape|unescape|undefined$|__)/.test(name));
        if (own.length > 0) context.deny("has " + own.join());`,
    });
    assert.deepEqual(await hook(bundle), { status: 0, stdout: "", stderr: "" });
  });

  test("is its own: what one policy changes reaches neither another nor the collecting of findings", async () => {
    const { bundle } = await build({
      "a-pollutes": `
        context.deny("before");
        const global = globalThis as unknown as Record<string, unknown>;
        (Object.prototype as unknown as Record<string, unknown>).toJSON = () => ({ level: "warn" });
        (Array.prototype as unknown as Record<string, unknown>).push = () => 0;
        (String.prototype as unknown as Record<string, unknown>).slice = () => "";
        JSON.stringify = () => '{"denials":{"kept":[],"dropped":0}}';
        JSON.parse = () => ({});
        global.String = () => "";
        context.deny("after");`,
      "b-victim":
        'if (JSON.stringify({ a: [1] }) !== \'{"a":[1]}\' || context.domain.name !== "web1") context.deny("polluted");',
    });
    const { status, stderr } = await hook(bundle);
    assert.equal(stderr, "virt-warden: denied by a-pollutes: before\nvirt-warden: denied by a-pollutes: after\n");
    assert.equal(status, 1);
  });

  test("cannot take a denial back by catching, throwing or returning", async () => {
    const { bundle } = await build({
      "a-throws": 'context.deny("kept"); throw new Error("after");',
      "b-returns": 'context.deny("kept"); return { allow: true } as unknown as undefined;',
      "c-catches": "try { context.deny({ toString() { throw 1; } } as unknown as string); } catch {}",
    });
    const { status, stderr } = await hook(bundle);
    assert.match(stderr, /denied by a-throws: kept\n.*denied by b-returns: kept\n.*denied by c-catches: /s);
    assert.equal(status, 1);
  });
});
