import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { guest } from "../support/documents.ts";
import { type Rewritten, runRewritings } from "./rewritings.ts";

/** A document in which every policy has an element of its own to write to. */
function documentFor(names: readonly string[]): string {
  const sections = names.map((name) => `<x:${name}/>`).join("");
  const elements = names.map((name) => `<${name}/>`).join("");
  return guest(`<metadata xmlns:x='urn:x'>${sections}${elements}</metadata>`);
}

const MADE = {
  "calls-again-from-a-getter": `
    edit.addElement(own, { get name() { edit.addElement(own, { name: "inner" }); return "outer"; } });`,
  "changes-what-it-gave": `
    const child = { name: "b" };
    const element = { name: "a", attributes: { x: 1 }, children: [child] };
    edit.addElement(own, element);
    element.name = "c"; element.attributes.x = 2; child.name = "d"; element.children.push("e");`,
  "gives-something-else-the-second-time": `
    let reads = 0;
    const next = (...values) => values[Math.min(reads++, values.length - 1)];
    edit.addElement(own, { get name() { return next("a", "name><b", 1); } });`,
  numbers: "edit.addElement(own, { name: 'n', attributes: { a: 1, b: -0.5, c: 0, d: 1e-7 } });",
  "promise-jobs": `
    Promise.resolve().then(() => edit.addElement(own, { name: "job" }));
    void (async () => { await null; await null; edit.addElement(own, { name: "later" }); })();`,
  "quotes-and-braces": `edit.setText(own, '"},{"edit":"remove-element","at":"name');`,
  "takes-the-context-apart": `
    const { addElement } = edit;
    for (const key of Object.keys(edit)) delete edit[key];
    for (const key of Object.keys(context)) delete context[key];
    edit.addElement = () => {}; context.edit = {}; Object.freeze(context); Object.freeze(edit);
    addElement.call(null, own, { name: "kept" });`,
  "poisoned-prototypes": `
    const prototypes = [Object, Array, String, Number, Promise].map((each) => each.prototype);
    prototypes.push(Object.getPrototypeOf(() => {}), Object.getPrototypeOf([][Symbol.iterator]()));
    const keys = prototypes.map(Reflect.ownKeys);
    const { defineProperty, freeze } = Object;
    const { addElement } = edit;
    const poison = () => { throw new Error("poison"); };
    for (let i = 0; i < prototypes.length; i++) {
      for (let k = 0; k < keys[i].length; k++) { try { prototypes[i][keys[i][k]] = poison; } catch {} }
      defineProperty(prototypes[i], "toJSON", { value: poison });
      freeze(prototypes[i]);
    }
    const globals = ["JSON", "Reflect", "Object", "String", "Array", "Number", "Promise", "Error"];
    for (let i = 0; i < globals.length; i++) globalThis[globals[i]] = undefined;
    addElement(own, { name: "a", attributes: { x: 1 }, children: ["t", { name: "b" }] });`,
  "inherits-whatever-is-looked-for": `
    const names = ["edit", "at", "value", "element", "what", "most", "start", "rest", "json", "next", "kind", "message",
      "stack", "set-text", "add-element", "toJSON", "get", "set", "0", "1"];
    const element = { name: "a", attributes: { x: "1" }, children: [{ name: "b", attributes: undefined, children: undefined }] };
    for (const name of names) Object.defineProperty(Object.prototype, name, { __proto__: null, value: Symbol(name), writable: true });
    edit.addElement(own, element);`,
  "a-thousand": `for (let i = 0; i < 1000; i++) edit.setText(own, "same");`,
  "sees-no-code": `edit.setText(own, Object.values(edit).every((each) => String(each).includes("[native code]")) ? "none" : "some");`,
};

const CONTENTS: Readonly<Record<keyof typeof MADE, string>> = {
  "calls-again-from-a-getter": "<inner/><outer/>",
  "changes-what-it-gave": "<a x='1'><b/></a>",
  "gives-something-else-the-second-time": "<a/>",
  numbers: "<n a='1' b='-0.5' c='0' d='1e-7'/>",
  "promise-jobs": "<job/><later/>",
  "quotes-and-braces": `"},{"edit":"remove-element","at":"name`,
  "takes-the-context-apart": "<kept/>",
  "poisoned-prototypes": "<a x='1'>t<b/></a>",
  "inherits-whatever-is-looked-for": "<a x='1'><b/></a>",
  "a-thousand": "same",
  "sees-no-code": "none",
};

describe("whatever a policy does around its edits, they are made as it asked for them:", () => {
  let rewritten: Rewritten;
  before(async () => {
    rewritten = await runRewritings(withOwn(MADE), documentFor(Object.keys(MADE)));
  });

  for (const name of Object.keys(MADE) as (keyof typeof MADE)[]) {
    test(name, () => {
      assert.equal(rewritten.failureOf(name), undefined);
      const [, content] = new RegExp(`<${name}>(.*?)</${name}>`).exec(rewritten.document ?? "") ?? [];
      assert.equal(content, CONTENTS[name]);
    });
  }
});

const REFUSED: Readonly<Record<string, readonly [body: string, message: string | RegExp]>> = {
  "getter-throws": [
    "try { edit.addElement('devices', { get name() { throw new Error('no'); } }); } catch {}",
    'edit.addElement("devices"): it could not be read: Error: no',
  ],
  "attribute-throws": [
    "edit.addElement('devices', { name: 'a', attributes: { get x() { throw 7; } } });",
    'edit.addElement("devices"): it could not be read: threw 7',
  ],
  "child-throws": [
    "edit.addElement('devices', { name: 'a', children: [{ get children() { throw null; } }] });",
    'edit.addElement("devices"): it could not be read: threw null',
  ],
  "one-of-many": [
    "edit.setText('title', 'a'); edit.setText('title', null); edit.setText('title', 'a');",
    'edit.setText("title"): its value is null, neither a text nor a finite number',
  ],
  "revoked-proxy": [
    "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); edit.addElement('devices', proxy);",
    /^edit\.addElement\("devices"\): it could not be read: TypeError: /,
  ],
  "contains-itself": [
    "const a = { name: 'a', children: [] }; a.children.push(a); edit.addElement('devices', a);",
    'edit.addElement("devices"): its elements nest deeper than 512',
  ],
  "recurses-in-a-getter": [
    "const a = { get name() { edit.addElement('devices', a); return 'a'; } }; edit.addElement('devices', a);",
    /^(edit\.addElement\("devices"\): it could not be read: (RangeError: .*|threw something that has no text)|\d+ edits could not be read|rewrite asked for \d+ edits, more than 1000)$/,
  ],
  "overflows-in-a-getter": [
    "const deep = () => deep() + 1; edit.addElement('devices', { get name() { return deep(); } });",
    'edit.addElement("devices"): it could not be read: RangeError: Maximum call stack size exceeded',
  ],
  "list-with-an-odd-length": [
    "const children = new Proxy([], { get: () => ({ valueOf: () => 3 }) }); edit.addElement('devices', { name: 'a', children });",
    'edit.addElement("devices"): an element\'s children are no list',
  ],
  "no-list": [
    "edit.addElement('devices', { name: 'a', children: 'text' });",
    'edit.addElement("devices"): an element\'s children are no list',
  ],
  "list-with-holes": [
    "edit.addElement('devices', { name: 'a', children: [, 'x'] });",
    'edit.addElement("devices"): an element is undefined, not an object',
  ],
  "number-as-a-child": [
    "edit.addElement('devices', { name: 'a', children: [7] });",
    'edit.addElement("devices"): an element is the number 7, not an object',
  ],
  "map-of-attributes": [
    "edit.addElement('devices', { name: 'a', attributes: new Map([['x', 1]]) });",
    'edit.addElement("devices"): an element\'s attributes are no plain object',
  ],
  "attribute-without-value": [
    "edit.addElement('devices', { name: 'a', attributes: { x: undefined } });",
    'edit.addElement("devices"): attribute x is undefined, neither a text nor a finite number',
  ],
  "no-element": ["edit.addElement('devices');", 'edit.addElement("devices"): an element is undefined, not an object'],
  "no-name": [
    "edit.addElement('devices', {});",
    'edit.addElement("devices"): an element\'s name is undefined, not a text',
  ],
  "not-a-number": [
    "edit.setAttribute('memory/@unit', NaN);",
    'edit.setAttribute("memory/@unit"): its value is the number NaN, neither a text nor a finite number',
  ],
  "without-end": [
    "edit.setAttribute('@a', -Infinity);",
    'edit.setAttribute("@a"): its value is the number -Infinity, neither a text nor a finite number',
  ],
  "text-by-conversion": [
    "edit.setText('title', { toString: () => 'x' });",
    'edit.setText("title"): its value is an object, neither a text nor a finite number',
  ],
  "large-integer": [
    "edit.setText('title', 10n);",
    'edit.setText("title"): its value is a bigint, neither a text nor a finite number',
  ],
  "symbol-as-a-place": [
    "edit.removeElement(Symbol('devices'));",
    "edit.removeElement(symbol): its place is a symbol, not a text",
  ],
  "no-place": ["edit.removeAttribute();", "edit.removeAttribute(undefined): its place is undefined, not a text"],
  "one-too-many": [
    "for (let i = 0; i < 1001; i++) edit.setText('title', 'same');",
    "rewrite asked for 1001 edits, more than 1000",
  ],
  "far-too-many": [
    "for (let i = 0; i < 2_000; i++) edit.setText('title', { toString() {} });",
    /^edit\.setText\("title"\): its value is an object/,
  ],
  "huge-text": [
    "edit.setText('title', 'x'.repeat(100_000_000));",
    'edit.setText("title"): the texts of all edits are longer than 4194304 characters',
  ],
  "huge-place": [
    "edit.removeElement('x'.repeat(5_000_000));",
    /^edit\.removeElement\("a text of 5000000 characters, too long to be read"\): the texts of all edits are longer than/,
  ],
  "huge-together": [
    "for (let i = 0; i < 5; i++) edit.setText('title', 'x'.repeat(1_000_000));",
    'edit.setText("title"): the texts of all edits are longer than 4194304 characters',
  ],
  "returns-a-value": [
    "edit.setText('title', 'x'); return true;",
    "rewrite returned a value (boolean); changes are made with edit",
  ],
  "returns-a-promise": [
    "edit.setText('title', 'x'); return Promise.resolve();",
    "rewrite returned a promise; it must be synchronous; changes are made with edit",
  ],
};

const FAILED: Readonly<Record<string, readonly [body: string, kind: string, message: string]>> = {
  throws: ["edit.setText('title', 'x'); log.info('seen'); throw new TypeError('no');", "exception", "TypeError: no"],
  rejects: [
    "edit.setText('title', 'x'); Promise.reject(new Error('late'));",
    "exception",
    "a promise was rejected: Error: late",
  ],
  loops: ["edit.setText('title', 'x'); log.info('seen'); for (;;);", "timeout", "timed out after 1500 ms"],
  "loops-in-a-getter": [
    "edit.addElement('devices', { get name() { for (;;); } });",
    "timeout",
    "timed out after 1500 ms",
  ],
  "loops-in-a-job": [
    "edit.setText('title', 'x'); Promise.resolve().then(() => { for (;;); });",
    "timeout",
    "timed out after 1500 ms",
  ],
};

const ENDLESS =
  "const children = new Proxy([], { get: (list, key) => key === 'length' ? 2 ** 53 : '' }); edit.addElement('devices', { name: 'a', children });";

describe("a policy whose edits are not all that it asked for fails, and changes nothing:", () => {
  let rewritten: Rewritten;
  before(async () => {
    const bodies = Object.entries({ ...REFUSED, ...FAILED }).map(([name, [body]]) => [name, body]);
    bodies.push(["list-without-end", ENDLESS]);
    const limits = "limits: { time: 1500ms, deadline: 60s }\n";
    rewritten = await runRewritings(Object.fromEntries(bodies), guest("<title/><devices/>"), limits);
  });

  for (const [name, [, message]] of Object.entries(REFUSED)) {
    test(name, () => {
      const failure = rewritten.failureOf(name);
      assert.equal(failure?.kind, "invalid");
      if (typeof message === "string") assert.equal(failure.message, message);
      else assert.match(failure.message, message);
    });
  }

  for (const [name, [, kind, message]] of Object.entries(FAILED)) {
    test(name, () => assert.deepEqual(rewritten.failureOf(name), { kind, message }));
  }

  test("a list without end is read to an end", () => {
    assert.match(rewritten.failureOf("list-without-end")?.message ?? "", /: the texts of all edits are|^timed out/);
  });

  test("none of them is in the document, and what they logged is kept", () => {
    assert.equal(rewritten.document, undefined);
    for (const name of Object.keys({ ...REFUSED, ...FAILED })) assert.deepEqual(rewritten.editsOf(name), [], name);
    for (const name of ["throws", "loops"]) assert.equal(rewritten.logsOf(name)[0]?.message, "seen", name);
  });
});

test("where the stack is used up around its edits, a policy loses none of them in silence", async () => {
  const body = `
    const deep = () => { try { return deep(); } catch { edit.setText("title", "deep"); } }; deep();`;
  const { document, failureOf } = await runRewritings({ deep: body }, guest("<title/>"));
  const failure = failureOf("deep");
  if (failure === undefined) assert.match(document ?? "", /<title>deep<\/title>/);
  else assert.match(failure.message, /could not be read|Maximum call stack/);
});

/** The place of a policy's own element is `own`. */
function withOwn(bodies: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(bodies).map(([name, body]) => [name, `const own = "metadata/${name}";\n${body}`]),
  );
}
