import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused, attributeOf, parse, textOf } from "./helpers.ts";

const REFERENCES = [
  ["&lt;&gt;&amp;&quot;&apos;", "<>&\"'"],
  ["&#65;&#x41;&#x0041;&#00065;", "AAAA"],
  ["host-&#112;assthrough", "host-passthrough"],
  [`&#x${"0".repeat(100)}41;`, "A"],
  ["&#x1F600;&#128512;", "😀😀"],
  ["&#9;&#10;&#13;&#32;", "\t\n\r "],
  ["&#xFFFD;&#x10FFFF;&#xD7FF;&#xE000;&#133;", "\uFFFD\u{10FFFF}\uD7FF\uE000\u0085"],
  ["&amp;lt;", "&lt;"],
  ["&amp;amp;amp;", "&amp;amp;"],
  ["&#38;lt;&#x26;#60;", "&lt;&#60;"],
  ["&amp;constructor;&amp;nbsp;", "&constructor;&nbsp;"],
] as const;

test("references become their characters, once, in text and in attribute values", () => {
  for (const [raw, meant] of REFERENCES) {
    assert.equal(textOf(`<a>${raw}</a>`), meant, raw);
    assert.equal(attributeOf(`<a b="${raw}"/>`), meant, raw);
  }
});

test("CDATA holds no references", () => {
  assert.equal(textOf("<a><![CDATA[&lt;&#65;&nope;]]></a>"), "&lt;&#65;&nope;");
});

test("a great many references are read like few", () => {
  assert.equal(textOf(`<a>${"&amp;&#65;".repeat(50_000)}</a>`), "&A".repeat(50_000));
  assert.equal(attributeOf(`<a b='${"&lt;&#x10FFFF;".repeat(20_000)}'/>`), "<\u{10FFFF}".repeat(20_000));
});

test("references to characters that XML 1.0 forbids are refused", () => {
  for (const reference of [
    "&#0;",
    "&#1;",
    "&#x1F;",
    "&#xD800;",
    "&#xDFFF;",
    "&#xFFFE;",
    "&#xFFFF;",
    "&#x110000;",
    `&#${"9".repeat(400)};`,
  ]) {
    assertRefused(`<a>${reference}</a>`, "malformed");
    assertRefused(`<a b="${reference}"/>`, "malformed");
    assertRefused(`<?xml version="1.1"?><a>${reference}</a>`, "malformed");
  }
});

test("broken and undefined references are refused", () => {
  for (const reference of [
    "&",
    "&;",
    "&lt",
    "& lt;",
    "&lt ;",
    "&#;",
    "&#x;",
    "&#X41;",
    "&#xG;",
    "&#6 5;",
    "&#-1;",
    "&nbsp;",
    "&LT;",
    "&toString;",
    "&__proto__;",
    "&a:b;",
  ]) {
    assertRefused(`<a>${reference}</a>`, "malformed");
    assertRefused(`<a b="${reference}"/>`, "malformed");
  }
  assertRefused("&#32;<a/>", "malformed");
});

test("a letter in a hexadecimal reference may not follow ten zeros, nor each eleven more, as in libxml2", () => {
  for (const zeros of [10, 21, 32]) {
    const refused = `&#x${"0".repeat(zeros)}a0;`;
    assertRefused(`<a>\n<!--${refused}--> ${refused}</a>`, "malformed", `2:${zeros + 15}`);
    assertRefused(`<a b='${refused}'/>`, "malformed", "1:7");
    assert.equal(textOf(`<a><![CDATA[${refused}]]><!--${refused}--></a>`), refused);
    assert.equal(textOf(`<a>&#x${"0".repeat(zeros - 1)}a0;&#x${"0".repeat(zeros + 1)}a0;</a>`), "\u00A0\u00A0");
  }
});

test("line ends in text become line feeds, and written as references stay", () => {
  assert.equal(textOf("<a>1\r\n2\r3\n4\r\r\n5&#13;\n</a>"), "1\n2\n3\n4\n\n5\r\n");
  assert.equal(textOf("<a><![CDATA[1\r\n2\r]]></a>"), "1\n2\n");
});

test("tabs and line ends in attribute values become spaces, and written as references stay", () => {
  assert.equal(attributeOf("<a b=' 1\t2\n3\r\n4\r5  6 '/>"), " 1 2 3 4 5  6 ");
  assert.equal(attributeOf("<a b='1&#9;2&#10;3&#13;&#10;4'/>"), "1\t2\n3\r\n4");
});

test("a value that holds no markup's end is not cut", () => {
  assert.deepEqual(
    parse("<a b='1=2' c=\"x y='z'\"/>").attributes.map(({ value }) => value),
    ["1=2", "x y='z'"],
  );
});
