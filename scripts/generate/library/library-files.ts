import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compilerPath } from "../../../src/bundle/compiler-path.ts";

/** One of the library files that TypeScript brings. */
export interface LibraryFile {
  /** As in `lib` of a tsconfig.json: `es2015.core`. */
  readonly name: string;
  readonly text: string;
}

/** The library that holds the newest of the language. */
const NEWEST = "esnext";

/** What no engine has: the metadata of decorators, and the decorators of before they were standardised. */
const UNUSED = new Set(["decorators.legacy", "esnext.decorators"]);

const REFERENCE = /^\/\/\/ <reference lib="(.+)" \/>$/gm;

/** The installed TypeScript's version. */
export function compilerVersion(): string {
  const file = join(dirname(compilerPath()), "../package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** The installed TypeScript's library files for the whole language, each after those that it refers to. */
export function libraryFiles(): LibraryFile[] {
  const files = new Map<string, LibraryFile>();
  visit(NEWEST, files, new Set());
  return [...files.values()];
}

function visit(name: string, files: Map<string, LibraryFile>, seen: Set<string>): void {
  if (seen.has(name) || UNUSED.has(name)) return;
  seen.add(name);
  const text = readFileSync(join(dirname(compilerPath()), `lib.${name}.d.ts`), "utf8");
  for (const [, reference = ""] of text.matchAll(REFERENCE)) visit(reference, files, seen);
  files.set(name, { name, text });
}
