import type { Excerpt } from "../explain/excerpt.ts";
import { printable } from "../hook/printable.ts";
import { paint } from "./paint.ts";
import { WIDTH } from "./paragraph.ts";

/** How much is shown before the place that is meant, where its line is too long. */
const BEFORE = 20;

/**
 * Lines of a document with their numbers, as far as they fit 80 columns, and a mark at the one that is meant.
 *
 * @param indent in columns.
 */
export function formatExcerpt({ line, column, first, lines }: Excerpt, indent: number): readonly string[] {
  const digits = String(first + lines.length - 1).length;
  const shared = Math.min(...lines.filter((each) => each.trim() !== "").map((each) => each.search(/\S/)));
  return lines.map((text, index) => {
    const number = first + index;
    const isMeant = number === line;
    const start = `${" ".repeat(indent)}${isMeant ? ">" : " "} ${String(number).padStart(digits)} | `;
    const shown = fitting(text.slice(shared), isMeant ? column - 1 - shared : 0, WIDTH - start.length);
    return isMeant ? `${start}${shown}` : paint("dim", `${start}${shown}`.trimEnd());
  });
}

/** As much of a line as there is room for, with the place that is meant, if the line still has it there. */
function fitting(text: string, place: number, room: number): string {
  const skipped = place > room / 2 && text.length > room ? Math.min(place - BEFORE, text.length - room + 1) : 0;
  const rest = text.slice(skipped);
  // what is indented stays so
  const blanks = /^ {0,40}/.exec(rest)?.[0] ?? "";
  const shown = `${blanks}${printable(rest.slice(blanks.length))}`;
  const whole = `${skipped > 0 ? "…" : ""}${shown}`;
  return whole.length > room ? `${whole.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, "")}…` : whole;
}
