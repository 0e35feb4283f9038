import type { Mark } from "../audit/mark.ts";
import type { Matrix, MatrixRow } from "../audit/matrix.ts";
import { printable } from "../hook/printable.ts";
import { wrap } from "../wrap.ts";
import { paint, type Style } from "./paint.ts";

/** In columns. */
const WIDTH = 80;
const CELL = 3;

/** What is left for guests' names where every policy has its column. */
const MIN_NAME = 17;

/** A longer name has lines of its own, so that the marks of others stay beside theirs. */
const MAX_NAME = 32;

/** As many policies as fit beside names; more have a table of their own. */
const PER_TABLE = Math.floor((WIDTH - MIN_NAME) / CELL);

const SIGNS: Readonly<Record<Mark, { readonly sign: string; readonly style: Style }>> = {
  deny: { sign: "✖", style: "red" },
  warn: { sign: "!", style: "yellow" },
  exempt: { sign: "~", style: "cyan" },
  failed: { sign: "?", style: "magenta" },
  allow: { sign: "·", style: "dim" },
};

const LEGEND = "✖ denied  ! warned  ~ exempt  ? failed or not judged  · nothing found";

/**
 * Guests with findings by policies that found something, 80 columns wide; each policy is a column with a number.
 *
 * @param numbers What each policy's column is called.
 * @returns "" where there is nothing to show.
 */
export function formatMatrix({ rows, policies }: Matrix, numbers: ReadonlyMap<string, number>): string {
  if (rows.length === 0 || policies.length === 0) return "";
  const tables: string[] = [];
  for (let from = 0; from < policies.length; from += PER_TABLE) {
    tables.push(table(rows, policies.slice(from, from + PER_TABLE), numbers));
  }
  return `${tables.join("\n\n")}\n${LEGEND}`;
}

function table(rows: readonly MatrixRow[], policies: readonly string[], numbers: ReadonlyMap<string, number>): string {
  const names = rows.map(nameOf);
  const most = Math.min(MAX_NAME, WIDTH - CELL * policies.length);
  const width = Math.min(most, Math.max("guest".length, ...names.map((name) => name.length)));
  const header = policies.map((name) => String(numbers.get(name) ?? "").padStart(CELL)).join("");
  const lines = rows.map((row, index) => rowLines(names[index] ?? "", row, policies, width));
  return [paint("bold", `${"guest".padEnd(width)}${header}`), ...lines].join("\n");
}

function nameOf({ guest, isRunning }: MatrixRow): string {
  return `${printable(guest)}${isRunning ? " (running)" : ""}`;
}

function rowLines(name: string, { marks }: MatrixRow, policies: readonly string[], width: number): string {
  // a long name has lines of its own
  const names = name.length > width ? [...wrap(name, WIDTH), " ".repeat(width)] : [name.padEnd(width)];
  const cells = policies.map((policy) => {
    const mark = marks === undefined ? "failed" : marks.get(policy);
    if (mark === undefined) return " ".repeat(CELL);
    const { sign, style } = SIGNS[mark];
    return `${" ".repeat(CELL - 1)}${paint(style, sign)}`;
  });
  return `${names.join("\n")}${cells.join("")}`.trimEnd();
}
