import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { buildFiles, buildProblems, policy } from "../bundle/build.ts";
import { guest } from "../support/documents.ts";
import { judgeBy } from "../support/judge.ts";
import { type Attempt, runAttempts } from "./attempts.ts";

/** Makes garbage until the collector has been at work many times over. */
const COLLECT = "for (let i = 0; i < 1_500; i++) globalThis.garbage = new Array(5_000).fill(i);";

/** Does so at once, and again after what is rejected in later jobs. */
const COLLECT_TWICE = `
  let jobs = Promise.resolve();
  for (let i = 0; i < 12; i++) jobs = jobs.then(() => {});
  jobs.then(() => { ${COLLECT} });
  ${COLLECT}`;

const LATE = 'throw new TypeError("late");';

/** A promise that nobody waits for and that is rejected, in one way each. */
const LOST = {
  "async-function": `(async function late() { ${LATE} })();`,
  "async-arrow": `(async () => { ${LATE} })();`,
  "async-method": `class Late { async late() { ${LATE} } } new Late().late();`,
  "async-generator": `(async function* () { ${LATE} })().next();`,
  "async-generator-that-delegates": `(async function* () { yield* (async function* () { ${LATE} })(); })().next();`,
  "loop-over-promises": `(async () => { for await (const each of [1]) { ${LATE} } })();`,
  "default-parameter": `(async (each = (() => { ${LATE} })()) => {})();`,
  "after-an-await": `(async () => { await null; ${LATE} })();`,
  "after-a-native-await": `(async () => { await { then(done) { done(); } }; ${LATE} })();`,
  executor: `new Promise(() => { ${LATE} });`,
  "rejected-at-once": `Promise.reject(new TypeError("late"));`,
  "rejected-later": `const { promise, reject } = Promise.withResolvers(); Promise.resolve().then(() => reject(new TypeError("late")));`,
  "resolved-with-a-rejected-one": `new Promise((resolve) => resolve(Promise.reject(new TypeError("late"))));`,
  "resolved-with-what-throws": `Promise.resolve({ then() { ${LATE} } });`,
  "resolved-with-a-getter-that-throws": `Promise.resolve({ get then() { ${LATE} } });`,
  "then-that-throws": `Promise.resolve().then(() => { ${LATE} });`,
  "then-without-a-second-handler": `Promise.reject(new TypeError("late")).then(() => {});`,
  "catch-that-throws": `Promise.reject(1).catch(() => { ${LATE} });`,
  finally: `Promise.reject(new TypeError("late")).finally(() => {});`,
  all: `Promise.all([1, Promise.reject(new TypeError("late"))]);`,
  "array-of-async": `Array.fromAsync([1], async () => { ${LATE} });`,
  "list-of-async": `[1, 2].forEach(async () => { ${LATE} });`,
  "async-disposable": `const stack = new AsyncDisposableStack(); stack.defer(() => { ${LATE} }); stack.disposeAsync();`,
  "async-disposable-by-its-symbol": `const stack = new AsyncDisposableStack(); stack.defer(() => { ${LATE} }); stack[Symbol.asyncDispose]();`,
  "without-a-constructor": `const made = Promise.resolve(); made.constructor = undefined; made.then(() => { ${LATE} });`,
  "without-a-species": `const made = Promise.resolve(); made.constructor = { [Symbol.species]: null }; made.then(() => { ${LATE} });`,
  "without-any-constructor": `Promise.prototype.constructor = undefined; Promise.resolve().then(() => { ${LATE} });`,
  subclass: `class Own extends Promise {} Own.reject(new TypeError("late"));`,
  "among-handled": `Promise.reject(1).catch(() => {}); Promise.reject(new TypeError("late")); Promise.reject(2).catch(() => {});`,
  "beside-a-flood": `Promise.reject(new TypeError("late")); for (let i = 0; i < 5_000; i++) Promise.reject(new Error("flood"));`,
};

describe("an exception that ends in a promise that nobody waits for is a failure, whatever is collected meanwhile", () => {
  let of: (name: string) => Attempt;
  before(async () => {
    const checks = Object.entries(LOST).map(([name, code]) => [name, `deny("found"); ${code} ${COLLECT_TWICE}`]);
    ({ of } = await runAttempts(Object.fromEntries(checks)));
  });

  for (const name of Object.keys(LOST)) {
    test(name, () => {
      const { failure, denials } = of(name);
      assert.equal(failure?.kind, "exception");
      assert.equal(failure.message, "a promise was rejected: TypeError: late");
      assert.deepEqual(denials, ["found"]);
    });
  }
});

/** All functions that a script reaches but the removed ones, each called in a few ways: those that gave a promise. */
const MAKERS = `
  const { apply, construct, getPrototypeOf, ownKeys, getOwnPropertyDescriptor } = Reflect;
  const nothing = () => {};
  const stacks = () => new AsyncDisposableStack();
  const roots = [globalThis, nothing, function* () {}, [].values(), new Set().values(), new Map().values(), ""[Symbol.iterator](),
    "".matchAll(/a/g), /a/, [].values().map(nothing), Iterator.from({ next() {} }), stacks()];
  const names = new Map();
  const walk = (each, name) => {
    if ((typeof each !== "object" && typeof each !== "function") || each === null || names.has(each)) return;
    names.set(each, name);
    for (const key of ownKeys(each)) {
      const { value, get, set } = getOwnPropertyDescriptor(each, key);
      for (const part of [value, get, set]) walk(part, name + "." + String(key));
    }
    walk(getPrototypeOf(each), name + ".prototype");
  };
  for (const root of roots) walk(root, "");
  const makers = new Set();
  for (const [each, name] of [...names])
    if (typeof each === "function")
      for (const self of [() => undefined, () => Promise, () => Promise.resolve(), stacks, () => [], () => (function* () {})()])
        for (const given of [[], [nothing], [[]]]) {
          const own = self();
          const note = (made) => { if (made instanceof Promise && made !== own) { makers.add(name); made.catch(nothing); } };
          try { note(apply(each, own, given)); } catch {}
          try { note(construct(each, given)); } catch {}
        }
  warn([...makers].sort().join(" "));`;

test("nothing makes promises but what is known to", async () => {
  const { of } = await runAttempts({ makers: MAKERS });
  const { warnings, failure } = of("makers");
  assert.equal(failure, undefined);
  assert.deepEqual(warnings, [
    ".Array.fromAsync .AsyncDisposableStack.prototype.disposeAsync .Promise .Promise.all .Promise.allSettled .Promise.any .Promise.prototype.catch .Promise.prototype.finally .Promise.prototype.then .Promise.race .Promise.reject .Promise.resolve .Promise.try",
  ]);
});

const HANDLED = {
  "caught-in-place": "Promise.reject(1).catch(() => warn('caught'));",
  "caught-later":
    "const late = Promise.reject(1); Promise.resolve().then(() => {}).then(() => late.catch(() => warn('caught')));",
  "second-handler": "Promise.reject(1).then(undefined, () => warn('caught'));",
  awaited: "(async () => { try { await (async () => { throw 1; })(); } catch { warn('caught'); } })();",
  "awaited-by-v8": "const late = Promise.reject(1); NATIVE__(() => late)().catch(() => warn('caught'));",
  "all-settled": "Promise.allSettled([Promise.reject(1)]).then(([{ status }]) => warn(status));",
  race: "Promise.race([Promise.reject(1), Promise.reject(2)]).catch(() => warn('caught'));",
  "resolved-before": "new Promise((resolve, reject) => { resolve(); reject(1); throw 2; }).then(() => warn('caught'));",
  "from-async": "Array.fromAsync([Promise.reject(1)]).catch(() => warn('caught'));",
  "many-at-once":
    "const all = Array.from({ length: 500 }, (_, i) => Promise.reject(i)); Promise.resolve().then(() => {}).then(() => { for (const each of all) each.catch(() => {}); warn('caught'); });",
};

describe("what is handled is no failure", () => {
  let of: (name: string) => Attempt;
  before(async () => {
    ({ of } = await runAttempts(HANDLED));
  });
  for (const name of Object.keys(HANDLED)) {
    test(name, () => {
      assert.equal(of(name).failure, undefined);
      assert.equal(of(name).warnings.length, 1);
    });
  }
});

const HOSTILE = {
  "replaces-what-it-can": `
    const lost = Promise.reject(new TypeError("late"));
    const iterators = [[], new Set()].map((each) => Object.getPrototypeOf(each[Symbol.iterator]()));
    for (const name of ["WeakMap", "Set"]) for (const key of Reflect.ownKeys(globalThis[name].prototype))
      Object.defineProperty(globalThis[name].prototype, key, { value() { deny("called " + String(key)); } });
    const functions = Object.getPrototypeOf(() => {});
    functions.call = functions.apply = () => { deny("applied"); };
    for (const each of ["get", "set", "construct", "apply", "value"])
      Object.defineProperty(Object.prototype, each, { __proto__: null, get() { deny("asked for " + each); } });
    iterators[0].next = iterators[1].next = () => { deny("iterated"); };
    Promise.reject(new TypeError("later"));`,
  "gives-another-constructor": `
    class Own extends Promise { static get [Symbol.species]() { deny("species"); return Promise; }
      get ["constructor"]() { deny("constructor"); return Promise; } }
    Own.reject(new TypeError("late"));`,
  "takes-then-away": `Promise.reject(new TypeError("late")); Promise.prototype.then = undefined; deny("kept");`,
  "breaks-promise": `deny("kept"); Promise.prototype.then = () => {}; globalThis.Promise = undefined; (async () => {})();`,
  "loops-in-the-message": `deny("kept"); Promise.reject({ get message() { for (;;); } });`,
  "denies-in-the-message": `Promise.reject({ name: "Odd", get message() { deny("kept"); return "x"; } });`,
  "rejects-in-the-message": `deny("kept"); Promise.reject({ get message() { NATIVE__(() => { throw 1; })(); throw 2; } });`,
  "other-species": `
    const made = Promise.resolve(1), odd = Object.create(Promise.prototype);
    made.constructor = { [Symbol.species]: function (take) { take(() => {}, () => {}); return odd; } };
    warn([made.then() === odd, Reflect.ownKeys(odd).length].join());`,
  "says-nothing": `deny("kept"); Promise.reject(Object.create(null)); Promise.reject({ message: Symbol("x") });`,
  "rejects-a-text": `Promise.reject("text");`,
  "handles-the-first-hundred": `
    const all = Array.from({ length: 103 }, (_, i) => Promise.reject(i));
    Promise.resolve().then(() => {}).then(() => { for (let i = 0; i < 101; i++) all[i].catch(() => {}); });`,
  "looks-like-the-language": `
    const names = (each) => Reflect.ownKeys(each).map(String).join();
    warn([Promise.name, Promise.length, Promise.prototype.then.name, Promise.prototype.then.length].join());
    warn([Promise.prototype.constructor === Promise, Promise[Symbol.species] === Promise].join());
    const made = new Promise(() => {}), derived = made.then();
    warn([names(made), made instanceof Promise, derived.constructor === Promise, Promise.resolve(made) === made].join());
    class Own extends Promise {} warn([Own.resolve(1) instanceof Own, Own.resolve(1).then() instanceof Own].join());
    for (const odd of [() => Promise(() => {}), () => new Promise(), () => Promise.prototype.then.call(1)])
      try { odd(); deny("allowed"); } catch (error) { warn(error.name); }
    const order = []; new Promise((resolve) => { order.push(1); resolve(); }).then(() => order.push(3)); order.push(2);
    Promise.resolve().then(() => {}).then(() => warn(order.join()));`,
};

describe("a policy that tampers with promises", () => {
  let of: (name: keyof typeof HOSTILE) => Attempt;
  before(async () => {
    const { of: any } = await runAttempts(HOSTILE, "limits: { time: 900ms, deadline: 60s }\n");
    of = any;
  });

  test("is not called by what watches them, which still sees what it saw before", () => {
    const { denials, failure } = of("replaces-what-it-can");
    assert.equal(failure?.message, "a promise was rejected: TypeError: late");
    assert.deepEqual(denials, []);
    assert.deepEqual(of("gives-another-constructor").denials, []);
    assert.equal(of("gives-another-constructor").failure?.message, "a promise was rejected: TypeError: late");
    assert.equal(of("takes-then-away").failure?.message, "a promise was rejected: TypeError: late");
  });

  test("keeps its denials", () => {
    for (const name of ["takes-then-away", "breaks-promise", "loops-in-the-message", "says-nothing"] as const)
      assert.deepEqual(of(name).denials, ["kept"], name);
    assert.deepEqual(of("rejects-in-the-message").denials, ["kept"]);
    assert.notEqual(of("rejects-in-the-message").failure, undefined);
    assert.deepEqual(of("denies-in-the-message").denials, ["kept"]);
    assert.equal(of("denies-in-the-message").failure?.message, "a promise was rejected: Odd: x");
  });

  test("is stopped where what it was rejected with never gives its message", () => {
    assert.equal(of("loops-in-the-message").failure?.kind, "timeout");
  });

  test("is told of what has no text, of a text, and of more than are kept", () => {
    assert.equal(of("says-nothing").failure?.message, "a promise was rejected: something that has no text");
    assert.equal(of("rejects-a-text").failure?.message, "a promise was rejected: text");
    assert.match(of("handles-the-first-hundred").failure?.message ?? "", /^\d+ promises were rejected$/);
  });

  test("gets what its own constructor made, as the language has it", () => {
    assert.deepEqual(of("other-species").warnings, ["true,0"]);
    assert.equal(of("other-species").failure, undefined);
  });

  test("finds promises to be as the language has them", () => {
    assert.deepEqual(of("looks-like-the-language").denials, []);
    assert.deepEqual(of("looks-like-the-language").warnings, [
      "Promise,1,then,2",
      "true,true",
      ",true,true,true",
      "true,true",
      "TypeError",
      "TypeError",
      "TypeError",
      "1,2,3",
    ]);
  });
});

test("promises that are handled are not kept, and a flood that is not handled is counted", async () => {
  const big = "new Error('x'.repeat(10_000) + i)";
  const { of } = await runAttempts(
    {
      chain: `(async () => { for (let i = 0; i < 15_000; i++) { try { await Promise.reject(new Array(1_000).fill(i)); } catch {} } warn("end"); })();`,
      flood: `(async () => { for (let i = 0; i < 15_000; i++) { Promise.reject(${big}); await null; } warn("end"); })();`,
    },
    "limits: { time: 8s, deadline: 60s }\n",
  );
  assert.equal(of("chain").failure, undefined);
  assert.deepEqual(of("chain").warnings, ["end"]);
  assert.deepEqual(of("flood").warnings, ["end"]);
  assert.match(of("flood").failure?.message ?? "", /^a promise was rejected: Error: x+/);
});

test("a rejection of V8's own promises is still a failure, as isolated-vm reports it", async () => {
  const { of } = await runAttempts({ native: `NATIVE__(() => { ${LATE} })();` });
  assert.equal(of("native").failure?.message, "a promise was rejected: TypeError: late");
});

const doing = (name: string, before: string, body: string) =>
  `import { definePolicy } from "virt-warden";\n${before}\nexport default definePolicy({ name: "${name}",\n  check({ deny }) {\n    ${body}\n  },\n});\n`;

test("a lost rejection tells its place and the async functions' names, each once, and onError takes its effect away", async () => {
  const files = {
    "virt-warden.yaml": "rules: { a: { onError: allow }, b: { onError: allow }, c: { onError: allow } }\n",
    "policies/a.ts": doing("a", "async function late(odd: null) { (odd as any).x; }", "void late(null);"),
    "policies/b.ts": doing("b", "const late = async () => { await 1; throw new TypeError('b'); };", "void late();"),
    "policies/c.ts": doing(
      "c",
      'import { Outer } from "../shared/outer.ts";',
      "void new Outer().run(); deny.call(null, 'x');",
    ),
    "shared/outer.ts":
      "const inner = { async late(what = 'c') { throw new TypeError(what); } };\nexport class Outer { async run(): Promise<void> {\n  await inner.late();\n} }\n",
  };
  const { failures, status } = await judgeBy(await buildFiles(files))(guest());
  assert.deepEqual(
    failures.map(({ message, stack, onError }) => [message, stack, onError]),
    [
      [
        "a promise was rejected: TypeError: Cannot read properties of null (reading 'x')",
        ["late (policies/a.ts:2:47)", "check (policies/a.ts:5:10)"],
        "allow",
      ],
      ["a promise was rejected: TypeError: b", ["late (policies/b.ts:2:43)"], "allow"],
      [
        "a promise was rejected: TypeError: c",
        ["late (shared/outer.ts:1:48)", "Outer.run (shared/outer.ts:3:15)", "check (policies/c.ts:5:22)"],
        "allow",
      ],
    ],
  );
  assert.equal(status, 1);
});

test("a rejection that is lost while a policy loads is a problem at its line", async () => {
  const lines = await buildProblems({
    "policies/a.ts": `${policy("a")}\nvoid (async () => {\n  await 1;\n  throw new TypeError("late");\n})();\n`,
  });
  assert.deepEqual(lines, [
    "policies/a.ts:9:9: cannot load the policy: it threw a promise was rejected: TypeError: late",
  ]);
});
