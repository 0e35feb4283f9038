import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused, parse, textOf } from "./helpers.ts";

const MIB = 1_048_576;

/** Repeats a piece until the document has about this many bytes. */
function filled(bytes: number, before: string, piece: string, after: string): string {
  return before + piece.repeat(Math.floor((bytes - before.length - after.length) / Buffer.byteLength(piece))) + after;
}

test("a document of 4 MiB is read, and one byte more is refused", () => {
  const largest = filled(4 * MIB, "<a>", "x", "</a>");
  assert.equal(Buffer.byteLength(largest), 4_194_304);
  assert.equal(textOf(largest).length, 4_194_297);
  assertRefused(`${largest} `, "too-large", "1:1");
});

test("the size counts bytes, not characters, a byte order mark among them", () => {
  assertRefused(filled(4 * MIB + 8, "<a>", "é", "</a>"), "too-large");
  const marked = `\uFEFF${filled(4 * MIB - 3, "<a>", "x", "</a>")}`;
  assert.equal(textOf(marked).length, 4 * MIB - 10);
  assertRefused(`${marked}\n`, "too-large");
});

test("elements nest to 512, and one level more is refused where it begins", () => {
  let element: unknown = parse(`${"<a>".repeat(511)}<b/>${"</a>".repeat(511)}`);
  for (let level = 1; level < 512; level += 1) element = (element as { children: unknown[] }).children[0];
  assert.equal((element as { name: string }).name, "b");
  assertRefused(`${"<a>".repeat(512)}<b/>${"</a>".repeat(512)}`, "too-deep", "1:1537");
  assertRefused(`${"<a>".repeat(512)}\n <b></b>${"</a>".repeat(512)}`, "too-deep", "2:2");
});

test("depth counts open elements, not those that ended", () => {
  assert.equal(parse(`<a>${"<b><c/></b>".repeat(600)}</a>`).children.length, 600);
});

test("4 MiB of start tags are refused without exhausting the stack", () => {
  assertRefused("<a>".repeat((4 * MIB) / 3), "too-deep", "1:1537");
});

test("names may have 50,000 bytes, as in libxml2", () => {
  const longest = "é".repeat(25_000);
  assert.equal(parse(`<p:${longest} ${longest}='' xmlns:p='urn:1'/>`).name, longest);
  assertRefused(`<${longest}a/>`, "malformed", "1:1");
  assertRefused(`<a>\n<b ${longest}a=''/></a>`, "malformed", "2:1");
  assertRefused(`<${longest}a:b xmlns:${longest}a='urn:1'/>`, "malformed", "1:1");
});

/** Far more than a linear reader takes on a slow machine, far less than a quadratic one. */
const SECONDS = 15;

function assertQuick(text: string): ReturnType<typeof parse> {
  const started = performance.now();
  const root = parse(text);
  const seconds = (performance.now() - started) / 1000;
  assert.ok(seconds < SECONDS, `took ${seconds.toFixed(1)} s`);
  return root;
}

test("100,000 siblings, with text between, are read in time", () => {
  assert.equal(assertQuick(`<r>${"<a/>x".repeat(100_000)}</r>`).children.length, 200_000);
});

test("100,000 attributes of one element are read in time", () => {
  const attributes = Array.from({ length: 100_000 }, (_, index) => `a${index}=''`).join(" ");
  assert.equal(assertQuick(`<r ${attributes}/>`).attributes.length, 100_000);
});

test("many texts in an element of many attributes are read in time", () => {
  const attributes = Array.from({ length: 40_000 }, (_, index) => `a${index}=''`).join(" ");
  assert.equal(assertQuick(`<r ${attributes}>${"x<a/>".repeat(100_000)}</r>`).children.length, 200_000);
});

test("many prefixed elements far below their prefix's declaration are read in time", () => {
  const text = filled(
    MIB,
    `<p:r xmlns:p='urn:1'>${"<a>".repeat(510)}`,
    "<p:a xml:b=''/>",
    `${"</a>".repeat(510)}</p:r>`,
  );
  assert.equal(assertQuick(text).namespace, "urn:1");
});

test("many declarations of namespaces are read in time", () => {
  const declarations = Array.from({ length: 20_000 }, (_, index) => `xmlns:p${index}='urn:${index}'`).join(" ");
  assert.equal(
    assertQuick(`<r ${declarations}>${"<p7:a xmlns:p1='urn:1'/>".repeat(20_000)}</r>`).children.length,
    20_000,
  );
});

test("many elements on one line with characters of two units are read in time", () => {
  assert.equal(assertQuick(filled(MIB, "<r>", "😀<a/>", "</r>")).children.at(-1) !== undefined, true);
});

test("many CDATA sections and comments are read in time", () => {
  assert.deepEqual(assertQuick(filled(MIB, "<r>", "<![CDATA[]]><!-- -->", "</r>")).children, []);
});

test("an attribute value of 4 MiB of references is read in time", () => {
  assert.equal(assertQuick(filled(4 * MIB, "<r a='", "&#10;", "'/>")).attributes[0]?.value.length, 838_859);
});
