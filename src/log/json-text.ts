import { UNPRINTABLE } from "../hook/printable.ts";

/** What needs no second look. */
const PLAIN = /^[\n -~]*$/;

/**
 * A value as JSON that does nothing to a terminal: what a document holds may be printed to one. It means the same to
 * every reader of JSON.
 *
 * @param indent Spaces a level; one line unless given.
 */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return PLAIN.test(text) ? text : text.replace(UNPRINTABLE, escapeUnits);
}

/**
 * A line of JSON as it is, but for what would do something to a terminal, which it then has escaped.
 *
 * @param line JSON that was read: only between its members there may be tabs and carriage returns.
 */
export function safeJson(line: string): string {
  return PLAIN.test(line) ? line : line.replace(/[\t\r]/g, " ").replace(UNPRINTABLE, escapeUnits);
}

function escapeUnits(character: string): string {
  // between members; those in texts are escaped already
  if (character === "\n") return character;
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
