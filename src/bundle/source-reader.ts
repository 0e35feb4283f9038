import { readFileSync } from "node:fs";
import type { Problem } from "../user-error.ts";

/** More than what a line of a message can be about. */
const LENGTH = 500;

/** Makes a function that gives the source code from a place on; undefined where it cannot be read. */
export function createSourceReader(): (place: Omit<Problem, "message">) => string | undefined {
  const files = new Map<string, readonly string[]>();
  return ({ file, line, column }) => {
    if (line === undefined || column === undefined) return undefined;
    const lines = files.get(file) ?? readLines(file);
    files.set(file, lines);
    const [first, ...rest] = lines.slice(line - 1, line + 2);
    return first === undefined ? undefined : [first.slice(column - 1), ...rest].join("\n").slice(0, LENGTH);
  };
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
}
