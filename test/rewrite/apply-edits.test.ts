import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits } from "../../src/rewrite/apply-edits.ts";
import type { Edit } from "../../src/rewrite/edit.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { add, apply, remove, set, setText, unset } from "./apply.ts";

const QEMU = "http://libvirt.org/schemas/domain/qemu/1.0";

/** A document, edits of one policy, and what they make of it, to the byte. */
type Row = readonly [what: string, document: string, edits: readonly Edit[], result: string];

const ATTRIBUTES: readonly Row[] = [
  [
    "another value, between the quotes that are there",
    `<d><s f = "1"  g='2'/></d>`,
    [set("s/@f", "3")],
    `<d><s f = "3"  g='2'/></d>`,
  ],
  ["an attribute more, after the last one", "<d><s f='1' /></d>", [set("s/@g", "2")], "<d><s f='1' g='2' /></d>"],
  [
    "an attribute more, after the last declaration",
    "<d><s f='1' xmlns:p='u'/></d>",
    [set("s/@g", "2")],
    "<d><s f='1' xmlns:p='u' g='2'/></d>",
  ],
  ["the first attribute", "<d><s/></d>", [set("s/@f", "1")], "<d><s f='1'/></d>"],
  [
    "an attribute away, with the white space before it",
    "<d><s\n f='1'\t g='2' h='3'>x</s></d>",
    [unset("s/@g")],
    "<d><s\n f='1' h='3'>x</s></d>",
  ],
  ["one away and one more", "<d><s f='1'/></d>", [unset("s/@f"), set("s/@g", "2")], "<d><s g='2'/></d>"],
  ["the root element's", "<d type='x'/>", [set("@type", "y"), set("@id", "1")], "<d type='y' id='1'/>"],
  [
    "only the one without a namespace",
    "<d xmlns:p='u' p:f='1' f='2'/>",
    [set("@f", "3")],
    "<d xmlns:p='u' p:f='1' f='3'/>",
  ],
  [
    "beside one of the same name in a namespace",
    "<d xmlns:p='u' p:f='1'/>",
    [set("@f", "3")],
    "<d xmlns:p='u' p:f='1' f='3'/>",
  ],
  [
    "what looks like a tag in a value and a comment",
    "<d a='&lt;x f=>' /><!-- <d f='0'> -->",
    [set("@f", "1")],
    "<d a='&lt;x f=>' f='1' /><!-- <d f='0'> -->",
  ],
  [
    "text that needs references",
    `<d f="1"/>`,
    [set("@f", "a\t\n\r\"'<>&é😀 ")],
    `<d f="a&#9;&#10;&#13;&quot;&apos;&lt;&gt;&amp;é😀 "/>`,
  ],
];

const TEXTS: readonly Row[] = [
  ["another text", "<d><t>old</t></d>", [setText("t", "new")], "<d><t>new</t></d>"],
  ["a text in an element that closes itself", "<d><t a='1' /></d>", [setText("t", "new")], "<d><t a='1' >new</t></d>"],
  ["no text", "<d><t>old</t></d>", [setText("t", "")], "<d><t></t></d>"],
  [
    "in place of CDATA and comments too",
    "<d><t>a<!-- b --><![CDATA[c]]></t></d>",
    [setText("t", "x")],
    "<d><t>x</t></d>",
  ],
  [
    "text that needs references",
    "<d><t/></d>",
    [setText("t", "]]>\t\n\r\n<&'\"")],
    "<d><t>]]&gt;\t\n&#13;\n&lt;&amp;'\"</t></d>",
  ],
  ["the root element's", "<d>a</d>", [setText("", "b")], "<d>b</d>"],
];

const ELEMENTS: readonly Row[] = [
  [
    "an element away, and not the white space around it",
    "<d>\n  <a/>\n  <b>x<c/></b >\n</d>",
    [remove("b")],
    "<d>\n  <a/>\n  \n</d>",
  ],
  [
    "an element more, before the end tag",
    "<d>\n  <a>\n  </a>\n</d>",
    [add("a", { name: "b" })],
    "<d>\n  <a>\n  <b/></a>\n</d>",
  ],
  [
    "an element more where there is no end tag",
    "<d><a x='1'/></d>",
    [add("a", { name: "b" })],
    "<d><a x='1'><b/></a></d>",
  ],
  [
    "attributes, text and elements",
    "<d/>",
    [
      add("", {
        name: "b",
        attributes: { x: "'<", y: "" },
        children: ["1 < 2", { name: "c", children: ["", "t"] }, "\r"],
      }),
    ],
    "<d><b x='&apos;&lt;' y=''>1 &lt; 2<c>t</c>&#13;</b></d>",
  ],
  ["the same twice", "<d/>", [add("", { name: "b" }), add(".", { name: "b" })], "<d><b/><b/></d>"],
  ["away and more in one parent", "<d><a/></d>", [remove("a"), add("", { name: "a" })], "<d><a/></d>"],
  [
    "attributes and children of one element that closes itself",
    "<d><a/></d>",
    [set("a/@x", "1"), add("a", { name: "b" })],
    "<d><a x='1'><b/></a></d>",
  ],
];

const NAMESPACES: readonly Row[] = [
  [
    "libvirt's prefix finds the document's",
    `<d xmlns:q='${QEMU}'><commandline/><q:commandline><q:arg value='1'/></q:commandline></d>`,
    [set("qemu:commandline/qemu:arg/@value", "2")],
    `<d xmlns:q='${QEMU}'><commandline/><q:commandline><q:arg value='2'/></q:commandline></d>`,
  ],
  [
    "a plain name is in no namespace",
    `<d xmlns='u' xmlns:n='u'><a xmlns=''/><a/><n:a/></d>`,
    [set("a/@x", "1")],
    `<d xmlns='u' xmlns:n='u'><a xmlns='' x='1'/><a/><n:a/></d>`,
  ],
  [
    "siblings are counted by name and namespace",
    `<d xmlns:q='${QEMU}'><q:a/><a/><b/><q:a/><a/></d>`,
    [set("a[2]/@x", "1"), set("qemu:a[2]/@x", "2")],
    `<d xmlns:q='${QEMU}'><q:a/><a/><b/><q:a x='2'/><a x='1'/></d>`,
  ],
  [
    "a prefix is declared where it is not bound",
    `<d><c xmlns:q='${QEMU}'/></d>`,
    [add("c", { name: "qemu:arg", attributes: { value: "-x" } })],
    `<d><c xmlns:q='${QEMU}'><qemu:arg xmlns:qemu='${QEMU}' value='-x'/></c></d>`,
  ],
  [
    "and where it is bound to something else, for what is inside as well",
    "<d xmlns:qemu='u'><c/></d>",
    [add("c", { name: "e", children: [{ name: "qemu:arg" }] })],
    `<d xmlns:qemu='u'><c><e xmlns:qemu='${QEMU}'><qemu:arg/></e></c></d>`,
  ],
  [
    "but not where it is bound",
    `<d xmlns:qemu='${QEMU.replace("e", "&#101;")}'><c/></d>`,
    [add("c", { name: "qemu:arg" })],
    `<d xmlns:qemu='${QEMU.replace("e", "&#101;")}'><c><qemu:arg/></c></d>`,
  ],
  [
    "a default namespace does not catch what is added",
    "<d xmlns='u'/>",
    [add("", { name: "a" })],
    "<d xmlns='u'><a xmlns=''/></d>",
  ],
  [
    "nor what is in it",
    `<d xmlns='u' xmlns:qemu='${QEMU}'/>`,
    [add("", { name: "qemu:a", children: [{ name: "b" }] })],
    `<d xmlns='u' xmlns:qemu='${QEMU}'><qemu:a xmlns=''><b/></qemu:a></d>`,
  ],
];

const UNTOUCHED: readonly Row[] = [
  [
    "a byte order mark, a declaration, line ends, comments, CDATA, references, quotes",
    `\uFEFF<?xml version="1.0" encoding='utf-8' ?>\r\n<!-- <d> -->\r<d b="2"\r\n a = '&#65;&gt;' ><![CDATA[<e f='1'>]]>&amp;\r\n<e f="1"></e ></d\t>\r\n<!-- end -->\r\n`,
    [set("e/@f", "2")],
    `\uFEFF<?xml version="1.0" encoding='utf-8' ?>\r\n<!-- <d> -->\r<d b="2"\r\n a = '&#65;&gt;' ><![CDATA[<e f='1'>]]>&amp;\r\n<e f="2"></e ></d\t>\r\n<!-- end -->\r\n`,
  ],
  [
    "what is set to what it is, however it is written",
    "<d a='&#65;'><t><![CDATA[x]]></t></d>",
    [set("@a", "A"), setText("t", "x")],
    "<d a='&#65;'><t><![CDATA[x]]></t></d>",
  ],
  ["what no policy edits", "<d/>", [], "<d/>"],
];

for (const [name, rows] of Object.entries({ ATTRIBUTES, TEXTS, ELEMENTS, NAMESPACES, UNTOUCHED })) {
  describe(`edits change what they say and nothing else: ${name.toLowerCase()}`, () => {
    for (const [what, document, edits, result] of rows) {
      test(what, () => assert.equal(apply(document, edits), result));
    }
  });
}

test("where nothing changes the document and its tree are the same objects", () => {
  const document = Buffer.from("<d a='1'/>");
  const edits = [{ policy: "a", edits: [set("@a", "1")] }];
  const root = parseXml(document);
  const edited = applyEdits(document, root, edits);
  assert.equal(edited.bytes, document);
  assert.equal(edited.root, root);
});

test("all places are those of the document as it came, whatever is edited before", () => {
  const edits = [remove("a[1]"), set("a[2]/@x", "1"), add("", { name: "a" }), remove("a[3]")];
  assert.equal(apply("<d><a/><a/><a/></d>", edits), "<d><a x='1'/><a/></d>");
});

test("equal edits of several policies agree, and additions stand in the policies' order", () => {
  const edits = (name: string) => [set("a/@x", "1"), setText("t", "2"), remove("b"), unset("@y"), add("", { name })];
  const document = "<d y='0'><a/><t/><b/></d>";
  assert.equal(apply(document, edits("p"), edits("p"), edits("q")), "<d><a x='1'/><t>2</t><p/><p/><q/></d>");
});

test("a large document with many edits takes no longer than it has to", () => {
  const disk = (index: number): string => `<disk type='file'><source file='/srv/${index}'/></disk>\n`;
  const document = (change: (index: number) => number): string =>
    `<domain>${Array.from({ length: 5_000 }, (_, index) => disk(change(index))).join("")}</domain>`;
  const edits = Array.from({ length: 1_000 }, (_, index) => set(`disk[${5_000 - 5 * index}]/source/@file`, "/srv/0"));
  assert.equal(
    apply(
      document((index) => index),
      edits,
    ),
    document((index) => (index % 5 === 4 ? 0 : index)),
  );
});
