import assert from "node:assert/strict";
import { test } from "node:test";
import { printable } from "../../src/hook/printable.ts";

/** Every character by its number, and nothing that the test's own source would show. */
const characters = (...codes: readonly number[]) => codes.map((code) => String.fromCodePoint(code));

/** A character as `printable` writes it out. */
const escaped = (character: string) => `\\u{${character.codePointAt(0)?.toString(16)}}`;

test("text of any script stays as it is", () => {
  for (const text of ["Gast „Büro“ 東京 \\n", "नमस्ते", "ไม่อนุญาต", "Tiếng Việt", "é e\u0301", "𝒳 👍", "東京　大阪"]) {
    assert.equal(printable(text), text);
  }
});

test("line ends, tabs and escape sequences are written out", () => {
  assert.equal(printable("a\r\nb\tc\u001b[31md\u0000\u007f\u009b"), "a\\u{d}\\nb\\tc\\u{1b}[31md\\u{0}\\u{7f}\\u{9b}");
  assert.equal(
    printable("\u001b]8;;http://x\u0007link\u009b2J\u0085"),
    "\\u{1b}]8;;http://x\\u{7}link\\u{9b}2J\\u{85}",
  );
});

test("every control character is written out, of both sets", () => {
  const controls = Array.from({ length: 0xa0 }, (_, code) => code).filter((code) => code < 0x20 || code >= 0x7f);
  for (const control of characters(...controls))
    assert.match(printable(`a${control}b`), /^a\\(?:n|t|u\{[0-9a-f]+\})b$/);
});

test("bidirectional marks, embeddings and isolates, other line separators and lone surrogates are written out", () => {
  assert.equal(printable("\u202eabc\u2066\u2028\ud800"), "\\u{202e}abc\\u{2066}\\u{2028}\\u{d800}");
  const marks = characters(0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x2067, 0x2068, 0x2069, 0x2029);
  for (const mark of [...marks, "\udfff"]) assert.equal(printable(`a${mark}b`), `a${escaped(mark)}b`);
});

test("what shows nothing is written out: zero widths, fillers, joiners, variation selectors, tags", () => {
  const invisible = [0xad, 0x34f, 0x115f, 0x1160, 0x17b4, 0x180b, 0x200b, 0x200d, 0x2060, 0x3164, 0xfe0f, 0xfeff];
  const beyond = [0xffa0, 0xfff9, 0x1bca0, 0x1d173, 0xe0001, 0xe0041, 0xe007f, 0xe0100, 0xe01ef];
  for (const character of characters(...invisible, ...beyond)) {
    assert.equal(printable(`a${character}b`), `a${escaped(character)}b`);
  }
});

test("what nobody knows the looks of is written out: private use, noncharacters, unassigned", () => {
  for (const character of characters(0xe000, 0xf8ff, 0xf0000, 0x10fffd, 0xfdd0, 0xffff, 0x1fffe, 0x50000, 0x378)) {
    assert.equal(printable(`a${character}b`), `a${escaped(character)}b`);
  }
});

test("blanks side by side are one, whichever they are, so that no reason fills up a terminal's line", () => {
  assert.equal(printable(`a${" ".repeat(70)}b`), "a b");
  const blanks = characters(0xa0, 0x1680, 0x2000, 0x2003, 0x200a, 0x202f, 0x205f, 0x3000, 0x2800);
  for (const blank of blanks) assert.equal(printable(`a${`${blank} `.repeat(40)}b`), "a b");
});

test("marks piled on one letter are written out from the seventh on", () => {
  assert.equal(printable(`a${"\u0301".repeat(8)}b`), `a${"\u0301".repeat(6)}\\u{301}\\u{301}b`);
});

test("a text cannot hold what every line of ours begins with", () => {
  assert.equal(printable("virt-warden: denied by x: y"), "virt-warden\\u{3a} denied by x: y");
  assert.equal(printable("VIRT-Warden : virt-warden:"), "VIRT-Warden \\u{3a} virt-warden\\u{3a}");
  assert.equal(printable(`${"x".repeat(57)}virt-warden: a`), `${"x".repeat(57)}virt-warden\\u{3a} a`);
  assert.equal(
    printable("run virt-warden build: virt-wardens: warden:"),
    "run virt-warden build: virt-wardens: warden:",
  );
});

test("nor anything that only looks like it: other scripts, widths, marks, dashes and colons", () => {
  const forgeries = [
    "v\u0456rt-warden:",
    "\u0475\u0456\u0433\u0442-\u051d\u0430\u0433\u0501\u0435\u0578:",
    "ｖｉｒｔ－ｗａｒｄｅｎ：",
    "𝐯𝐢𝐫𝐭-𝐰𝐚𝐫𝐝𝐞𝐧:",
    "ⅵrt-warden:",
    "virt\u2011warden:",
    "virt\u2010warden\ua789",
    "virt-warden\u2236",
    "vi\u0323rt-warde\u0301n\u0307:",
    "v1rt-warden:",
    "virt\u00a0warden\u2003:",
  ];
  for (const forgery of forgeries) assert.match(printable(`${forgery} denied`), /\\u\{[0-9a-f]+\} denied$/, forgery);
  assert.equal(printable("кому-нибудь: 禁止的虚—拟机不能启动："), "кому-нибудь: 禁止的虚—拟机不能启动：");
});

test("a text of many kilobytes of the worst kind takes no time to speak of", () => {
  const worst = ["virt-warden".repeat(20_000), " ".repeat(200_000), "\u0301".repeat(100_000), "v".repeat(200_000)];
  const started = performance.now();
  for (const text of worst) printable(`${text}\u00e9`);
  assert.ok(performance.now() - started < 10_000);
});
