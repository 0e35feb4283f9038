import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { writeDeclaration } from "../../../../scripts/generate/library/declaration.ts";
import { generateLibrary } from "../../../../scripts/generate/library/generate-library.ts";
import { leaveOut } from "../../../../scripts/generate/library/leave-out.ts";
import { parseLibrary } from "../../../../scripts/generate/library/parse-library.ts";
import { REMOVED } from "../../../../src/sandbox/guest/removed.ts";

/** What is left of a library's text without these names, as lines without indentation. */
function without(text: string, ...removed: readonly string[]): string[] {
  const left = leaveOut(parseLibrary([{ name: "small", text }]), removed);
  const lines = left.flatMap((declaration) => writeDeclaration(declaration).split("\n"));
  return lines.map((line) => line.trim()).filter((line) => line !== "");
}

test("the committed library file is what the installed compiler's files give, every time", async () => {
  const committed = await readFile(new URL("../../../../typings/globals.d.ts", import.meta.url), "utf8");
  const first = generateLibrary();
  assert.ok(first === committed, "typings/globals.d.ts is not current: run npm run generate");
  assert.ok(generateLibrary() === first, "two runs give different texts");
});

test("nothing of what the sandbox removes is a value of the library", () => {
  const names = new Set(
    parseLibrary([{ name: "globals", text: generateLibrary() }])
      .filter(({ kind }) => kind !== "interface")
      .map(({ name }) => name),
  );
  assert.ok(names.has("JSON") && names.has("Reflect") && names.has("parseInt"));
  assert.deepEqual(
    REMOVED.filter((name) => names.has(name)),
    [],
  );
});

test("a removed value goes with its type, and with every member, alias and interface that needs it", () => {
  const library = `
interface Buffer { size: number; }
interface BufferConstructor { new (size: number): Buffer; readonly limit: number; }
declare var Buffer: BufferConstructor;
type Source = Buffer | string;
interface View extends Buffer { offset: number; }
interface Holder { only: Source; }
interface Text {
    length: number;
    encode(into: Buffer): void;
    decode(from: View): string;
    hold: Holder;
}
declare var Text: { new (): Text };
declare function fill(buffer: Buffer): void;
`;
  assert.deepEqual(without(library, "Buffer"), [
    "interface Text {",
    "length: number;",
    "}",
    "declare var Text: { new (): Text };",
  ]);
});

test("a removed member goes alone, of instances or of a constructor, and its name elsewhere stays", () => {
  const library = `
interface Day {
    name(): string;
    /** Says when. */
    when(zone: string): string;
    when(): string;
}
interface DayConstructor {
    new (): Day;
    when: Day;
    last: Day;
}
interface Night { when(): string; }
`;
  assert.deepEqual(without(library, "Day.prototype.when", "Day.last"), [
    "interface Day {",
    "name(): string;",
    "}",
    "interface DayConstructor {",
    "new (): Day;",
    "when: Day;",
    "}",
    "interface Night { when(): string;",
    "}",
  ]);
});

test("an interface of which all members are removed goes too", () => {
  assert.deepEqual(
    without("interface Day { when(): string; }\ninterface Day { name(): string; }", "Day.prototype.when"),
    ["interface Day { name(): string;", "}"],
  );
});

test("what was never used by others stays, and so does what something else still uses", () => {
  const library = `
type Partly<T> = { [K in keyof T]?: T[K] };
interface Options { deep: boolean; }
interface Unused { a: number; }
interface Both { b: number; }
declare function gone(options: Options, both: Both): void;
declare function kept(both: Both): void;
`;
  assert.deepEqual(without(library, "gone"), [
    "type Partly<T> = { [K in keyof T]?: T[K] };",
    "interface Unused { a: number;",
    "}",
    "interface Both { b: number;",
    "}",
    "declare function kept(both: Both): void;",
  ]);
});

test("documentation stays with what it is about; licences, headings and references do not", () => {
  const library = `/*! A licence. */

/// <reference lib="other" />

/////////////////////////////
/// A heading
/////////////////////////////

/** What it is. */
declare var it: It;

/**
 * Its type.
 */
interface It {
    /** Its only member. */
    member: number;

    /** Goes with its member. */
    gone: Gone;
}
interface Gone {}
`;
  assert.deepEqual(without(library, "Gone"), [
    "/** What it is. */",
    "declare var it: It;",
    "/**",
    "* Its type.",
    "*/",
    "interface It {",
    "/** Its only member. */",
    "member: number;",
    "}",
  ]);
});

test("of a module only what it declares globally is read", () => {
  const library = `export {};
type Local = string;
declare global {
    /** A helper. */
    interface Helper {
        help(): void;
    }

    var helper: Helper;
}
`;
  const texts = parseLibrary([{ name: "module", text: library }]).map(writeDeclaration);
  assert.deepEqual(texts, [
    "/** A helper. */\ninterface Helper {\n    help(): void;\n}",
    "declare var helper: Helper;",
  ]);
});

test("a kind of statement that no library has is an error, not left out in silence", () => {
  assert.throws(
    () => parseLibrary([{ name: "odd", text: "declare class Odd {}\n" }]),
    /^Error: Cannot read a library's statement: declare class Odd/,
  );
});
