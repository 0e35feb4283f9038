import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused, parse, textOf } from "./helpers.ts";

test("a document becomes its root element with attributes, children and places", () => {
  assert.deepEqual(parse("<domain type='kvm'>\n  <name>g</name>\n</domain>\n"), {
    name: "domain",
    namespace: "",
    attributes: [{ name: "type", namespace: "", value: "kvm" }],
    children: ["\n  ", { name: "name", namespace: "", attributes: [], children: ["g"], line: 2, column: 3 }, "\n"],
    line: 1,
    column: 1,
  });
});

test("an empty element is the same however it is written", () => {
  for (const text of [
    "<a/>",
    "<a />",
    "<a\n/>",
    "<a></a>",
    "<a></a >",
    "<a ></a\n>",
    "<a><![CDATA[]]></a>",
    "<a><!----></a>",
  ]) {
    assert.deepEqual(parse(text), parse("<a/>"), text);
  }
});

test("text that only white space makes up is kept", () => {
  assert.deepEqual(parse("<a> <b/>\t</a>").children.length, 3);
  assert.equal(textOf("<a> \t\n </a>"), " \t\n ");
});

test("text, CDATA and text around comments are one text", () => {
  assert.equal(
    textOf("<a>one<!-- x -->two<![CDATA[<three>&amp;]]>four<![CDATA[]]>&lt;<!----></a>"),
    "onetwo<three>&amp;four<",
  );
});

test("a text that looks like a number or a truth value stays text", () => {
  for (const text of ["007", "1e3", "0x10", "true", " 1 ", "null"]) {
    assert.equal(textOf(`<a>${text}</a>`), text);
    assert.equal(parse(`<a b="${text}"/>`).attributes[0]?.value, text);
  }
});

test("attributes keep the order of the document", () => {
  const names = parse("<a z='' b='' y='' a=''/>").attributes.map(({ name }) => name);
  assert.deepEqual(names, ["z", "b", "y", "a"]);
});

test("an attribute and a child element may share a name", () => {
  const { attributes, children } = parse("<d type='x'><type>y</type></d>");
  assert.equal(attributes[0]?.value, "x");
  assert.equal((children[0] as { name: string }).name, "type");
});

test("names that JavaScript's objects have are names like others", () => {
  for (const name of [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__defineGetter__",
  ]) {
    const root = parse(`<${name} ${name}="1"><${name}/>x</${name}>`);
    assert.equal(root.name, name);
    assert.deepEqual(root.attributes, [{ name, namespace: "", value: "1" }]);
    assert.equal(root.children.length, 2);
    assert.equal(root.children[1], "x");
  }
  assert.equal(textOf("<a>__proto__</a>"), "__proto__");
});

test("names may hold any letter, and the two name characters that JavaScript takes for white space", () => {
  for (const name of ["é", "domäne", "名前", "a\u1680b", "a\uFEFFb", "\uFEFFa", "𐐀", "_-.1", "a·"]) {
    const document = ` <!--x--><x>\u1680<${name} ${name}='\uFEFF'>\uFEFF</${name}></x>`;
    const child = parse(document).children[1];
    assert.deepEqual(child, {
      name,
      namespace: "",
      attributes: [{ name, namespace: "", value: "\uFEFF" }],
      children: ["\uFEFF"],
      line: 1,
      column: 14,
    });
  }
});

test("comments and white space may stand around the root element", () => {
  const { name, line, column } = parse(" \n<!-- a --> <!-- <b> -->\n  <a/>\n<!-- c -->\n ");
  assert.deepEqual({ name, line, column }, { name: "a", line: 3, column: 3 });
});

test("an XML declaration may say version 1.0 or a later 1, UTF-8 in any case, and standalone", () => {
  for (const declaration of [
    `<?xml version="1.0"?>`,
    `<?xml version='1.0' encoding='utf-8' ?>`,
    `<?xml version="1.0" encoding="Utf-8" standalone="yes"?>`,
    `<?xml version="1.0" encoding="UTF8" standalone='no'?>\n`,
    `<?xml\tversion\n=\r"1.1" ?>`,
    `<?xml version="1.99"?>`,
    `<?xml version="1."?>`,
    `<?xml version="1.0" encoding='UTF-8'standalone='yes'?>`,
  ]) {
    assert.equal(parse(`${declaration}<a>x</a>`).name, "a", declaration);
    assert.equal(parse(`\uFEFF${declaration}<a>x</a>`).name, "a", declaration);
  }
});

test("places count what an XML declaration takes", () => {
  const { line, column } = parse("\uFEFF<?xml version='1.0'\r\nencoding='UTF-8'?> <a/>");
  assert.deepEqual({ line, column }, { line: 2, column: 20 });
  assertRefused("<?xml version='1.0'?><a>&nope;</a>", "malformed", "1:30");
});

test("a document that says to be XML 1.1 is read by the rules of 1.0, as libxml2 does", () => {
  assert.equal(textOf(`<?xml version="1.1"?><a>\u0085\u2028</a>`), "\u0085\u2028");
});

test("places count lines of every kind of end, and each character once", () => {
  const root = parse("\uFEFF<r>\r\n\r<a/>\n😀é<b\n/>\t<c/>😀<d/></r>");
  const places = root.children.flatMap((child) =>
    typeof child === "string" ? [] : [`${child.name} ${child.line}:${child.column}`],
  );
  assert.deepEqual(places, ["a 3:1", "b 4:3", "c 5:4", "d 5:9"]);
});

test("a `>` or markup inside an attribute's value, a comment or CDATA is no markup", () => {
  const root = parse(`<a b=">/>'" c='"/>'><!-- </a> <b> --><![CDATA[</a>]]></a>`);
  assert.deepEqual(
    root.attributes.map(({ value }) => value),
    [">/>'", '"/>'],
  );
  assert.deepEqual(root.children, ["</a>"]);
});

test("an element may have more attributes than are kept apart", () => {
  const names = Array.from({ length: 200 }, (_, index) => `a${index}`);
  const root = parse(`<r>x<a ${names.map((name) => `${name}='&amp;\n${name}'`).join(" ")}>y<b/>z</a></r>`);
  const child = root.children[1];
  assert.ok(typeof child === "object");
  assert.deepEqual(
    child.attributes,
    names.map((name) => ({ name, namespace: "", value: `& ${name}` })),
  );
  assert.equal(child.children.length, 3);
});
