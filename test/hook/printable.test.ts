import assert from "node:assert/strict";
import { test } from "node:test";
import { printable } from "../../src/hook/printable.ts";

test("text of any script stays as it is", () => {
  assert.equal(printable("Gast „Büro“ 東京 \\n"), "Gast „Büro“ 東京 \\n");
});

test("line ends, tabs and escape sequences are written out", () => {
  assert.equal(printable("a\r\nb\tc\u001b[31md\u0000\u007f\u009b"), "a\\u{d}\\nb\\tc\\u{1b}[31md\\u{0}\\u{7f}\\u{9b}");
});

test("bidirectional marks, other line separators and lone surrogates are written out", () => {
  assert.equal(printable("\u202eabc\u2066\u2028\ud800"), "\\u{202e}abc\\u{2066}\\u{2028}\\u{d800}");
});
