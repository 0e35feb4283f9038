import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Attempt, runAttempts } from "./attempts.ts";

/** Recursion until the stack is used up. */
const DEEP = "const deep = () => deep() + 1;";

const CHECKS = {
  "calls-again-from-a-reason": `
    deny({ toString() { deny("inner"); return "outer"; } });`,
  "calls-again-from-a-place": `
    deny("outer", { get at() { deny("inner"); return "cpu"; } });`,
  "calls-again-from-fields": `
    log.info("fields", { toJSON() { deny("from JSON"); log.warn("inner"); return 1; } });`,
  "overflows-in-a-reason": `${DEEP} deny({ toString() { return deep(); } });`,
  "overflows-in-a-place": `${DEEP} deny("reason", { get at() { return deep(); } });`,
  "overflows-around-deny": "const deep = () => { try { return deep(); } catch { deny('deep'); } }; deep();",
  "proxies-that-throw": `
    const hostile = new Proxy({}, { get() { throw new Error("no"); } });
    deny(hostile); deny("reason", hostile); log.info("fields", hostile);`,
  "poisoned-prototypes": `
    deny("first");
    const prototypes = [Object, Array, String, Promise].map((each) => each.prototype);
    prototypes.push(Object.getPrototypeOf(() => {}));
    const keys = prototypes.map(Reflect.ownKeys);
    const { defineProperty, freeze } = Object;
    const poison = () => { throw new Error("poison"); };
    for (let i = 0; i < prototypes.length; i++) {
      for (let k = 0; k < keys[i].length; k++) { try { prototypes[i][keys[i][k]] = poison; } catch {} }
      defineProperty(prototypes[i], "next", { get: poison });
      freeze(prototypes[i]);
    }
    const globals = ["JSON", "Reflect", "Object", "String", "Promise", "Error"];
    for (let i = 0; i < globals.length; i++) globalThis[globals[i]] = undefined;
    deny("second", { at: "cpu" }); warn("third"); log.info("fourth", { a: 1 });`,
  "inherits-a-list": `deny("mine"); Object.prototype.stack = [1]; throw 1;`,
  "inherits-an-object": `deny("mine"); Object.prototype.stack = { a: 1 }; throw { message: "odd" };`,
  "inherits-a-promise": `deny("mine"); Object.prototype.stack = Promise.reject(1);`,
  "inherits-a-symbol": `deny("mine"); Object.prototype.stack = Symbol(); throw 1;`,
  "inherits-a-symbol-to-reject": `deny("mine"); Object.prototype.stack = Symbol(); Promise.reject(1);`,
  "inherits-whatever-is-looked-for": `
    deny("mine");
    const names = ["stack", "message", "kind", "json", "next", "level", "reason", "text", "state", "fields", "done", "value",
      "get", "set", "writable", "enumerable", "configurable", "apply", "construct", "toJSON", "default", "0", "1", "2"];
    for (const name of names) Object.defineProperty(Object.prototype, name, { __proto__: null, value: Symbol(name), writable: true });
    warn("odd"); log.info("seen");
    Promise.resolve().then(() => { throw 2; });
    throw null;`,
  "takes-the-context-apart": `
    deny("kept");
    for (const key of Object.keys(context)) delete context[key];
    context.deny = () => {}; Object.freeze(context);`,
  "symbols-and-nothing": `
    deny(Symbol("s")); deny(); deny(null); deny(Object.create(null)); deny({ [Symbol.toPrimitive]: () => 7 });
    deny({ [Symbol.toPrimitive]: () => ({}) }); deny("place", "cpu"); deny("place", { at: Symbol("s") });`,
  "huge-texts": `
    deny("x".repeat(100_000_000)); deny({ toString: () => "x".repeat(100_000_000) });
    deny("reason", { at: "y".repeat(100_000_000) }); deny("x".repeat(100_000));`,
  "surrogates-at-the-cut": `
    deny("😀".repeat(1500)); deny("x" + "😀".repeat(1500)); deny("\\ud83d".repeat(2500)); deny("x".repeat(2000));`,
  "promise-jobs": `
    Promise.resolve().then(() => deny("in a job")); void (async () => { await null; await null; deny("later"); })();`,
  "message-that-throws": "log.error({ toString() { throw 1; } }); log.error('next', { big: 1n });",
};

describe("whatever a policy does around deny, the denial is there", () => {
  let of: (name: keyof typeof CHECKS) => Attempt;
  before(async () => {
    const { of: any } = await runAttempts(CHECKS);
    of = any;
  });

  test("calling again while a reason, a place or fields are read records both", () => {
    assert.deepEqual(of("calls-again-from-a-reason").denials, ["inner", "outer"]);
    const { findings } = of("calls-again-from-a-place");
    assert.deepEqual(
      findings.map(({ reason, at }) => [reason, at]),
      [
        ["outer", "cpu"],
        ["inner", undefined],
      ],
    );
    assert.deepEqual(of("calls-again-from-fields").denials, ["from JSON"]);
    assert.deepEqual(
      of("calls-again-from-fields").logs.map(({ message, fields }) => [message, fields]),
      [
        ["fields", 1],
        ["inner", undefined],
      ],
    );
  });

  test("a stack that is used up in a reason or a place leaves the denial", () => {
    assert.deepEqual(of("overflows-in-a-reason").denials, ["a reason that could not be read"]);
    assert.deepEqual(of("overflows-in-a-place").denials, ["reason"]);
    assert.equal(of("overflows-in-a-place").failure, undefined);
  });

  test("a call for which no stack is left to do more than count it is reported as unread", () => {
    assert.match(of("overflows-around-deny").denials.join("\n"), /deep|\d+ denials? whose reasons? could not be read/);
  });

  test("proxies that throw leave a denial each", () => {
    const { denials, failure, logs } = of("proxies-that-throw");
    assert.deepEqual(denials, ["a reason that could not be read", "reason"]);
    assert.deepEqual(
      logs.map(({ fields }) => fields),
      ["not representable as JSON"],
    );
    assert.equal(failure, undefined);
  });

  test("poisoned and frozen prototypes, and globals that are gone, change nothing", () => {
    const { findings, failure, logs } = of("poisoned-prototypes");
    assert.deepEqual(
      findings.map(({ level, reason, at }) => [level, reason, at]),
      [
        ["deny", "first", undefined],
        ["deny", "second", "cpu"],
        ["warn", "third", undefined],
      ],
    );
    assert.equal(logs.length, 1);
    assert.equal(failure, undefined);
  });

  test("what all objects inherit is in no record, and hides neither the denial nor the failure", () => {
    for (const [name, message] of [
      ["inherits-a-list", "threw 1"],
      ["inherits-a-symbol", "threw 1"],
      ["inherits-a-promise", "a promise was rejected: 1"],
      ["inherits-a-symbol-to-reject", "a promise was rejected: 1"],
      ["inherits-whatever-is-looked-for", "threw null"],
    ] as const) {
      const { denials, failure } = of(name);
      assert.deepEqual(denials, ["mine"], name);
      assert.deepEqual(failure, { policy: name, kind: "exception", message }, name);
    }
    assert.deepEqual(of("inherits-an-object").denials, ["mine"]);
    assert.equal(of("inherits-an-object").failure?.kind, "exception");
    const { findings, logs } = of("inherits-whatever-is-looked-for");
    assert.deepEqual(
      findings.map(({ level, reason }) => [level, reason]),
      [
        ["deny", "mine"],
        ["warn", "odd"],
      ],
    );
    assert.deepEqual(
      logs.map(({ message }) => message),
      ["seen"],
    );
  });

  test("a context that is taken apart takes nothing back", () => {
    assert.deepEqual(of("takes-the-context-apart").denials, ["kept"]);
  });

  test("any value is a reason, and only a text is a place", () => {
    const { findings } = of("symbols-and-nothing");
    assert.deepEqual(
      findings.map(({ reason }) => reason),
      [
        "Symbol(s)",
        "undefined",
        "null",
        "a reason that could not be read",
        "7",
        "a reason that could not be read",
        "place",
        "place",
      ],
    );
    assert.ok(findings.every(({ at }) => at === undefined));
  });

  test("a text of a hundred megabytes is counted and not read, so that the denial outlives it", () => {
    const { findings, failure } = of("huge-texts");
    const unread = "a text of 100000000 characters, too long to be read";
    assert.deepEqual(
      findings.map(({ reason, at }) => [reason, at]),
      [
        [unread, undefined],
        [unread, undefined],
        ["reason", unread],
        [`${"x".repeat(2000)}… (and 98000 characters more)`, undefined],
      ],
    );
    assert.equal(failure, undefined);
  });

  test("a text is cut between characters, and says how much is missing", () => {
    assert.deepEqual(of("surrogates-at-the-cut").denials, [
      `${"😀".repeat(1000)}… (and 1000 characters more)`,
      `x${"😀".repeat(999)}… (and 1002 characters more)`,
      `${"\ud83d".repeat(2000)}… (and 500 characters more)`,
      "x".repeat(2000),
    ]);
  });

  test("promise jobs count, however late", () => {
    assert.deepEqual(of("promise-jobs").denials, ["in a job", "later"]);
  });

  test("a message that throws is logged as unreadable and does not fail the policy", () => {
    const { logs, failure } = of("message-that-throws");
    assert.deepEqual(
      logs.map(({ message, fields }) => [message, fields]),
      [
        ["a message that could not be read", undefined],
        ["next", "not representable as JSON"],
      ],
    );
    assert.equal(failure, undefined);
  });
});

describe("past a hundred of a kind the rest is counted", () => {
  /** Alone: what a whole decision may report is bounded as well. */
  const alone = async (body: string): Promise<Attempt> => (await runAttempts({ flood: body })).of("flood");

  test("where a policy floods all of them", async () => {
    const body = "for (let i = 0; i < 250; i++) { deny('d' + i); warn('w' + i); log.info('l' + i); }";
    const { denials, warnings, logs } = await alone(body);
    assert.deepEqual([denials.length, warnings.length, logs.length], [101, 101, 101]);
    assert.equal(denials.at(-1), "150 more denials were dropped");
    assert.equal(warnings.at(-1), "150 more warnings were dropped");
    assert.equal(logs.at(-1)?.message, "150 more messages were dropped");
  });

  test("where the flood comes from within a reason", async () => {
    const body = "deny({ toString() { for (let i = 0; i < 150; i++) deny('inner'); return 'outer'; } });";
    assert.equal((await alone(body)).denials.at(-1), "51 more denials were dropped");
  });

  test("where a reason calls again without end, and the unread ones are counted apart", async () => {
    const { denials, failure } = await alone(
      "const reason = { toString() { deny(reason); return 'x'; } }; deny(reason);",
    );
    assert.equal(failure, undefined);
    assert.equal(denials[0], "x");
    assert.match(denials.join("\n"), /^\d+ denials? whose reasons? could not be read$/m);
    assert.match(denials.at(-1) ?? "", /^\d+ more denials were dropped$/);
  });
});
