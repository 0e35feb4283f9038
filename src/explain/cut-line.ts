import { unitsBefore } from "./units-before.ts";

/** In UTF-16 units: as much of a line as is of use. */
const LONGEST = 160;

/** How much of a line is shown before what is meant, where the line is longer. */
const BEFORE = 40;

/**
 * What is shown of a line of a document: as it is where it is short, else from a little before what is meant on, with an
 * ellipsis where something is left out. Tabs are single spaces.
 *
 * @param column Where that begins, in characters, 1-based.
 */
export function cutLine(text: string, column: number): string {
  if (text.length <= LONGEST) return text.replaceAll("\t", " ");
  const meant = unitsBefore(text, column);
  const start = meant <= LONGEST - BEFORE ? 0 : meant - BEFORE;
  const end = Math.min(text.length, start + LONGEST);
  // half a character at an end is none
  const shown = text.slice(start, end).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, "");
  return `${start > 0 ? "…" : ""}${shown.replaceAll("\t", " ")}${end < text.length ? "…" : ""}`;
}
