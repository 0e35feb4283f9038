import type { SourceMap, SourceMapPayload } from "node:module";
import { cutText } from "../hook/cut-text.ts";
import { printable } from "../hook/printable.ts";
import { type StackLine, stackLines } from "./stack-lines.ts";

/** A place in a policy's own sources that a call had reached. */
export interface Frame {
  /** The function's name, printable; none for a function without one. */
  readonly name?: string;
  /** The source file as the bundle's source map names it: relative to the configuration's folder. */
  readonly source: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/** What {@link mapStack} needs to know of an error. */
export interface Thrown {
  /** The failure's message. */
  readonly message: string;
  /** The text of the error's `stack`, where it has one. */
  readonly stack?: string;
}

const MAX_FRAMES = 10;
const MAX_NAME = 80;
const MAX_SOURCE = 400;

/** In UTF-16 units of JSON; to read a map of this size takes a quarter of a second without a JIT. */
const MAX_MAP = 512 * 1024;

/**
 * Says in a policy's own sources what an error's stack says in its bundled code. Does not throw, whatever the text is.
 *
 * @param file what V8 calls the policy's script.
 * @param mapText gives JSON of the policy's source map, or undefined for none.
 * @returns at most 10 frames, innermost first; none where there is no map, or one that is too large.
 */
export function mapStack(
  { message, stack }: Thrown,
  file: string,
  mapText: () => string | undefined,
): readonly Frame[] {
  const lines = stack === undefined ? [] : stackLines(stack, message, file);
  const map = lines.length === 0 ? undefined : readMap(mapText());
  return map === undefined ? [] : lines.flatMap((line) => mapLine(line, map) ?? []).slice(0, MAX_FRAMES);
}

/** A frame as Node prints it: `check (policies/a.ts:6:9)`, or the place alone. */
export function frameText({ name, source, line, column }: Frame): string {
  const place = `${cutText(printable(source), MAX_SOURCE)}:${line}:${column}`;
  return name === undefined ? place : `${name} (${place})`;
}

function readMap(text: string | undefined): SourceMap | undefined {
  if (text === undefined || text.length > MAX_MAP) return undefined;
  try {
    // loaded only here: a decision without an exception has no use for it
    const { SourceMap } = process.getBuiltinModule("node:module");
    return new SourceMap(JSON.parse(text) as SourceMapPayload);
  } catch {
    return undefined;
  }
}

function mapLine({ name, line, column }: StackLine, map: SourceMap): Frame | undefined {
  const entry = map.findEntry(line - 1, column - 1);
  // Node gives the entry before the place, be it on another line; that one knows nothing of this place
  if (!("originalSource" in entry) || entry.originalSource === undefined || entry.generatedLine !== line - 1)
    return undefined;
  const shown = shownName(name);
  return {
    ...(shown === "" ? {} : { name: shown }),
    source: entry.originalSource,
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

/** V8 names a method of a plain object `Object.check`; underscores are what a bundle says of a module's path. */
function shownName(name: string): string {
  const plain = name.replace(/^(async )?Object\./, "$1").replace(/^(async )?(?:<anonymous>|_+)$/, "");
  return cutText(printable(plain), MAX_NAME);
}
