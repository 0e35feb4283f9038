import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { firstDifference } from "../../src/xml/compare.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { readLibvirtXml } from "../../src/xml/read-libvirt-xml.ts";

const GUESTS = new URL("../corpus/guests/", import.meta.url);

test("a document as libvirt writes it is the same tree to it as to the readers of all documents", () => {
  const texts = readdirSync(GUESTS).map((name) => readFileSync(new URL(name, GUESTS), "utf8").trim());
  const read = texts.filter((text) => {
    const tree = readLibvirtXml(text);
    if (tree === undefined) return false;
    assert.equal(firstDifference(tree, parseXml(Buffer.from(text))), undefined);
    assert.deepEqual([tree.line, tree.column], [0, 0]);
    return true;
  });
  // one has a comment, some have blanks that libvirt does not write
  assert.ok(read.length > texts.length / 2, `only ${read.length} of ${texts.length}`);
});

test("references, line ends, prefixes and both quotes mean what they mean", () => {
  const text = `<a xmlns="urn:d" xmlns:p='urn:p'>
 x &lt;&#65;&#x42;&amp;lt;
 <p:b c='1&apos;"' p:d="'&quot;
&#10;"><e xmlns='' xmlns:p='urn:q'><p:f/></e><p:g/></p:b><h/></a>`;
  const tree = readLibvirtXml(text);
  assert.ok(tree);
  assert.equal(firstDifference(tree, parseXml(Buffer.from(text))), undefined);
});

test("what libvirt does not write is left to others", () => {
  const others = [
    ...["<a><!-- c --></a>", "<a><![CDATA[x]]></a>", "<?xml version='1.0'?><a/>", "<!DOCTYPE a><a/>", "<a  b='c'/>"],
    ...[
      "<a\nb='c'/>",
      "<a b = 'c'/>",
      "<a b='>'/>",
      "<a b=c/>",
      "<a b/>",
      "<a b='c'd='e'/>",
      "<a b='c/>",
      "<a>&x;</a>",
    ],
    ...[
      "",
      " ",
      "x",
      "<a>",
      "</a>",
      "<a></b>",
      "<a/><b/>",
      "<a/>x",
      "x<a/>",
      "<a><b></a></b>",
      "<p:a/>",
      "<a p:b='c'/>",
    ],
    ...["<>", "< a/>", "<1/>", "<a =''/>", "<a><a", "<a/", `${"<a>".repeat(513)}${"</a>".repeat(513)}`],
  ];
  for (const text of others) assert.equal(readLibvirtXml(text), undefined, text.slice(0, 50));
  assert.ok(readLibvirtXml(`${"<a>".repeat(512)}${"</a>".repeat(512)}`));
});
