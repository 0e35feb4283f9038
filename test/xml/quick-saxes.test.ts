import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { type OpenSaxes, SAXES_OPTIONS } from "../../src/xml/open-saxes.ts";
import { QuickSaxes } from "../../src/xml/quick-saxes.ts";
import { documents } from "./xmllint/documents.ts";
import { mutated } from "./xmllint/mutations.ts";

const EVENTS = ["text", "cdata", "comment", "opentagstart", "attribute", "opentag", "closetag"] as const;

/** All that a parser says of a text that comes in pieces, each time with the place where it is, and how it ends. */
function told(parser: OpenSaxes, pieces: readonly string[]): readonly string[] {
  const events: string[] = [];
  const tell = (name: string, what: unknown): void => {
    events.push(`${name} at ${parser.position}: ${JSON.stringify(what)}`);
  };
  for (const name of EVENTS) parser.on(name, (what: unknown) => tell(name, what));
  try {
    for (const piece of pieces) parser.write(piece);
    parser.close();
    tell("end", "");
  } catch (error) {
    tell("error", String(error));
  }
  return events;
}

function assertSame(...pieces: readonly string[]): void {
  const plain = new SaxesParser(SAXES_OPTIONS) as unknown as OpenSaxes;
  assert.deepEqual(told(new QuickSaxes(SAXES_OPTIONS), pieces), told(plain, pieces), pieces.join("|"));
}

test("what is taken in one go is what saxes would have stepped over, character by character", () => {
  const specials = [..."<&]>'\"=-\t\n\r /:é1a\0\x1f\x7f\u0085\ud7ff\ue000\ufffd\ufffe\uffff😀", "]]", "]]>", "--"];
  for (const special of [...specials, "\ud800", "\udc00"]) {
    for (const [before, after] of [
      ["<a>text", "text</a>"],
      ["<a>text]", ">text</a>"],
      ["<a>]", "text></a>"],
      ["<a b='value", "value' c='1'/>"],
      ['<a b="value', 'value" c=""></a>'],
      ["<a b='1'", "c='2'/>"],
      ["<a b='1'", " c='2'/>"],
      ["<a b", "='1'/>"],
      ["<a b=", "'1'/>"],
      ["<a b='1'", ">text</a>"],
      ["<na", "me/>"],
      ["<a></a", ">"],
      ["<a><!-- comment", "comment --></a>"],
      ["<a><![CDATA[section", "section]]></a>"],
      ["<a xmlns:b='urn:1' b:c", "='1' d='2' d='3'/>"],
    ] as const) {
      assertSame(`${before}${special}${after}`);
      assertSame(`${before}${special}`, after);
    }
  }
});

test("any document is told as saxes tells it, or refused as and where saxes refuses it", () => {
  const texts = fc.oneof(documents, mutated(documents)).map((bytes) => bytes.toString("utf8"));
  fc.assert(
    fc.property(texts, (text) => assertSame(text)),
    { numRuns: 500, seed: 6 },
  );
});
