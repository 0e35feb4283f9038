import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits } from "../../src/rewrite/apply-edits.ts";
import type { Edit, NewElement } from "../../src/rewrite/edit.ts";
import { MAX_BYTES, MAX_DEPTH } from "../../src/xml/limits.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { add, refusal, remove, set, setText, unset } from "./apply.ts";

const DOCUMENT = "<d><a x='1'/><a/><a/><t>text</t><p><c/></p></d>";

const PREFIXES = "is none of libvirt's: bhyve, lxc, qemu, vmware, xen";

describe("an edit that cannot be made names the policy and the place:", () => {
  const rows: readonly (readonly [edit: Edit, message: string])[] = [
    [
      set("a/@x", "1"),
      "Cannot set a/@x as policy a asks: a is not one place: there are 3 of them; say which, as in a[1]",
    ],
    [set("a[4]/@x", "1"), "Cannot set a[4]/@x as policy a asks: a[4] is not there: there are 3 of them"],
    [remove("p/c[2]"), "Cannot remove p/c[2] as policy a asks: p/c[2] is not there: there is 1 of them"],
    [remove("p/e/f"), "Cannot remove p/e/f as policy a asks: p/e is not there"],
    [unset("a[1]/@y"), "Cannot remove a[1]/@y as policy a asks: there is no such attribute"],
    [unset("@xmlns"), "Cannot remove @xmlns as policy a asks: there is no such attribute"],
    [setText("p", "x"), "Cannot set the text of p as policy a asks: it has child elements"],
    [remove(""), "Cannot remove the root element as policy a asks: a document needs its root element"],
    [setText("t/@x", "1"), "Cannot set the text of t/@x as policy a asks: it names an attribute, not an element"],
    [set("t", "1"), "Cannot set t as policy a asks: it names no attribute; end it with /@ and a name"],
    [set("@xmlns", "u"), 'Cannot set @xmlns as policy a asks: "xmlns" is no name that an attribute can be given'],
    [set("@xmlns:q", "u"), 'Cannot set @xmlns:q as policy a asks: "xmlns:q" is no name that an attribute can be given'],
    [set("@1", "u"), 'Cannot set @1 as policy a asks: "1" is no name that an attribute can be given'],
    [set("@", "u"), 'Cannot set @ as policy a asks: "" is no name that an attribute can be given'],
    [set("nova:x/@y", "u"), `Cannot set nova:x/@y as policy a asks: the prefix nova ${PREFIXES}`],
    [set("@x", "a\0"), "Cannot set @x as policy a asks: the text holds U+0000, which XML cannot hold"],
    [setText("t", "\ud800"), "Cannot set the text of t as policy a asks: the text holds U+D800, which XML cannot hold"],
    [setText("t", "\uffff"), "Cannot set the text of t as policy a asks: the text holds U+FFFF, which XML cannot hold"],
  ];
  for (const [edit, message] of rows) test(message, () => assert.equal(refusal(DOCUMENT, [edit]), `a: ${message}`));
});

test("what is no place is not guessed", () => {
  for (const at of [
    "/d",
    "d/",
    "a//x",
    "a[0]",
    "a[01]",
    "a[-1]",
    "a[last()]",
    "a[x]",
    "*",
    "a[1",
    "..",
    "a b:c:d",
    " ",
  ]) {
    assert.match(refusal(DOCUMENT, [remove(at)]), / asks: (it is no place such as|.+ is not there$)/, at);
  }
});

describe("an element that cannot be written is not added:", () => {
  const rows: readonly (readonly [element: NewElement, what: string])[] = [
    [{ name: "" }, '"" is no name that an element can be given'],
    [{ name: "a b" }, '"a b" is no name that an element can be given'],
    [{ name: "a/><b" }, '"a/><b" is no name that an element can be given'],
    [{ name: ":a" }, '":a" is no name that an element can be given'],
    [{ name: "qemu:" }, '"qemu:" is no name that an element can be given'],
    [{ name: "qemu:a:b" }, '"qemu:a:b" is no name that an element can be given'],
    [{ name: "xmlns" }, '"xmlns" is no name that an element can be given'],
    [{ name: "q:a" }, `the prefix q ${PREFIXES}`],
    [{ name: "a", children: [{ name: "xml:b" }] }, `the prefix xml ${PREFIXES}`],
    [{ name: "a", attributes: { xmlns: "u" } }, '"xmlns" is no name that an attribute can be given'],
    [{ name: "a", attributes: { "qemu:b": "" } }, '"qemu:b" is no name that an attribute can be given'],
    [{ name: "a", attributes: { b: "\v" } }, "the text holds U+000B, which XML cannot hold"],
    [{ name: "a", children: ["x", "\udc00"] }, "the text holds U+DC00, which XML cannot hold"],
  ];
  for (const [element, what] of rows) {
    test(what, () =>
      assert.equal(refusal(DOCUMENT, [add("p", element)]), `a: Cannot add an element to p as policy a asks: ${what}`),
    );
  }
});

test("elements nest as deep as documents may, and no deeper", () => {
  const nested = (levels: number): NewElement =>
    levels === 1 ? { name: "a" } : { name: "a", children: [nested(levels - 1)] };
  assert.match(refusal("<d/>", [add("", nested(MAX_DEPTH))]), /^a: .*: elements would nest deeper than 512$/);
  const document = Buffer.from("<d/>");
  const edits = [{ policy: "a", edits: [add("", nested(MAX_DEPTH - 1))] }];
  assert.doesNotThrow(() => applyEdits(document, parseXml(document), edits));
});

test("a document that would be too large is the fault of who adds most", () => {
  const long = "x".repeat(MAX_BYTES);
  const message = refusal("<d/>", [add("", { name: "a" })], [set("@x", long)], [set("@y", "1")]);
  assert.match(message, /^b: Cannot set @x as policy b asks: the document would have \d+ bytes, more than 4194304$/);
});

describe("edits that contradict each other are the fault of the later one:", () => {
  const rows: readonly (readonly [first: Edit, second: Edit, message: string])[] = [
    [
      set("a[1]/@x", "2"),
      set("a[1]/@x", "3"),
      "Cannot set a[1]/@x as policy b asks: policy a sets it to another value",
    ],
    [
      set("a[1]/@x", "1"),
      set("a[1]/@x", "3"),
      "Cannot set a[1]/@x as policy b asks: policy a sets it to another value",
    ],
    [set("a[1]/@x", "2"), unset("a[1]/@x"), "Cannot remove a[1]/@x as policy b asks: policy a sets it"],
    [unset("a[1]/@x"), set("a[1]/@x", "1"), "Cannot set a[1]/@x as policy b asks: policy a removes it"],
    [
      setText("t", "1"),
      setText("t[1]", "2"),
      "Cannot set the text of t[1] as policy b asks: policy a sets another text",
    ],
    [setText("t", "1"), add("t", { name: "c" }), "Cannot add an element to t as policy b asks: policy a sets its text"],
    [
      add("t", { name: "c" }),
      setText("t", "1"),
      "Cannot set the text of t as policy b asks: policy a adds an element to it",
    ],
    [remove("p"), set("p/c/@x", "1"), "Cannot set p/c/@x as policy b asks: policy a removes p"],
    [remove("p"), add("p", { name: "x" }), "Cannot add an element to p as policy b asks: policy a removes p"],
    [remove("p"), remove("p/c"), "Cannot remove p/c as policy b asks: policy a removes p"],
    [set("p/c/@x", "1"), remove("p"), "Cannot remove p as policy b asks: policy a edits it or what is in it"],
    [remove("p/c"), remove("p"), "Cannot remove p as policy b asks: policy a edits it or what is in it"],
    [add("p", { name: "x" }), remove("p"), "Cannot remove p as policy b asks: policy a edits it or what is in it"],
  ];
  for (const [first, second, message] of rows) {
    test(message, () => {
      assert.equal(refusal(DOCUMENT, [first], [second]), `b: ${message}`);
      assert.equal(refusal(DOCUMENT, [first, second]), `a: ${message.replace("policy b", "policy a")}`);
    });
  }
});

test("no message holds a value", () => {
  const message = refusal(
    "<d><g passwd='hidden-1'/></d>",
    [set("g/@passwd", "hidden-2")],
    [set("g/@passwd", "hidden-3")],
  );
  assert.doesNotMatch(message, /hidden/);
});

test("a tree of another document is no excuse to edit this one", () => {
  const tree = parseXml(Buffer.from("<d><a/><b x='1'/></d>"));
  for (const other of [
    "<d><a/><c x='1'/></d>",
    "<d><a/><b y='1'/></d>",
    "<d><a/></d>",
    "<d><b x='1'/></d>",
    "<d/>",
    "<d xmlns='u'/>",
  ]) {
    const edits = [{ policy: "a", edits: [set("b/@x", "2")] }];
    assert.throws(() => applyEdits(Buffer.from(other), tree, edits), /^Error: Cannot /, other);
  }
});

test("a tree that hides what the document holds is noticed", () => {
  const masked = parseXml(Buffer.from("<d><g passwd='********'/><t/></d>"));
  const document = Buffer.from("<d><g passwd='hidden'/><t/></d>");
  const edits = [{ policy: "a", edits: [setText("t", "x")] }];
  assert.throws(
    () => applyEdits(document, masked, edits),
    /^Error: Cannot trust the rewritten document: g is not as it should be/,
  );
});
