import assert from "node:assert/strict";
import { test } from "node:test";
import { assertReadAlike } from "../../src/xml/second-reading.ts";
import { witness } from "../../src/xml/witness.ts";

const DOCUMENT = "<a xmlns:p='urn:1'><b p:c='1' d='2'>text</b><e/>\n</a>";

/** Has one reader read another text than the witness. */
function compare(text: string, witnessed: string): void {
  assertReadAlike(text, witness(witnessed));
}

test("readings of one text agree", () => {
  compare(DOCUMENT, DOCUMENT);
});

test("readings that differ in anything disagree, at the first element that differs", () => {
  for (const [from, to, place] of [
    ["text", "tex", "1:20"],
    ["text", "t<x/>t", "1:20"],
    ["text", "", "1:20"],
    ["urn:1", "urn:2", "1:1"],
    ["'1'", "'1 '", "1:20"],
    ["p:c", "c", "1:20"],
    ["p:c='1' d='2'", "d='2' p:c='1'", "1:20"],
    [" d='2'", " d='2' f=''", "1:20"],
    [" d='2'", "", "1:20"],
    ["<e/>", "<f/>", "1:45"],
    ["<e/>", "e", "1:1"],
    ["<e/>", " <e/>", "1:1"],
    ["<e/>", "", "1:1"],
    ["<e/>", "<e></e>x", "1:1"],
    ["\n</a>", "</a>", "1:1"],
    ["<a ", "<a  ", "1:20"],
    ["<a ", "\n<a ", "1:1"],
  ] as const) {
    const [line, column] = place.split(":").map(Number);
    const other = DOCUMENT.replace(from, to);
    assert.throws(() => compare(DOCUMENT, other), { code: "readers-disagree", line, column }, `${from} → ${to}`);
    assert.throws(() => compare(other, DOCUMENT), { code: "readers-disagree" }, `${to} → ${from}`);
  }
});
