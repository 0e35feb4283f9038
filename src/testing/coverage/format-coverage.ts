import { paint } from "../../cli/paint.ts";
import { printable } from "../../hook/printable.ts";
import { wrap } from "../../wrap.ts";
import type { FileCoverage } from "./line-coverage.ts";

/** In columns. */
const WIDTH = 80;
const GAP = "  ";
const FILE_WIDTH = 40;

/** How many lines have code, and how many of them ran. */
export interface LineCount {
  readonly total: number;
  readonly covered: number;
}

/** The lines of all files together. */
export function countLines(files: readonly FileCoverage[]): LineCount {
  const lines = files.flatMap(({ lines }) => [...lines.values()]);
  return { total: lines.length, covered: lines.filter((state) => state === "ran").length };
}

/** Percent of the lines with code that ran; 100 where there is none. */
export function percentOf({ total, covered }: LineCount): number {
  return total === 0 ? 100 : (covered / total) * 100;
}

/** A percentage that is never rounded up: 100 says that all ran. */
export function percentText(percent: number): string {
  return `${(Math.floor(percent * 10) / 10).toFixed(percent === 100 ? 0 : 1)} %`;
}

/** A row a file, and one for all, 80 columns wide. Coloured only where stdout is a terminal. */
export function formatCoverage(files: readonly FileCoverage[]): string {
  const names = files.map(({ file }) => printable(file));
  const width = Math.min(FILE_WIDTH, Math.max("all files".length, ...names.map((name) => name.length)));
  const header = ["file".padEnd(width), "lines".padStart(9), "covered", "not covered"].join(GAP);
  const rows = files.map((file, index) => row(names[index] ?? "", width, countLines([file]), missedText(file)));
  const isPartly = files.some(({ lines }) => [...lines.values()].includes("partly"));
  const note = isPartly ? ["* of this line only a part ran"] : [];
  return [paint("bold", header), ...rows, row("all files", width, countLines(files), ""), ...note].join("\n");
}

function row(name: string, width: number, count: LineCount, missed: string): string {
  const { total, covered } = count;
  const style = covered === total ? "green" : covered === 0 ? "red" : "yellow";
  // a long name has lines of its own
  const above = name.length > width ? [...wrap(name, WIDTH)] : [];
  const first = (above.length > 0 ? "" : name).padEnd(width);
  const numbers = `${covered}/${total}`.padStart(9);
  const left = [first, numbers, percentText(percentOf(count)).padStart("covered".length)].join(GAP) + GAP;
  const [line = "", ...more] = wrap(missed, WIDTH - left.length);
  const below = more.map((text) => `${" ".repeat(left.length)}${text}`);
  const painted = `${left.slice(0, width)}${paint(style, left.slice(width))}${line}`.trimEnd();
  return [...above, painted, ...below].join("\n");
}

/**
 * The lines that did not run, as ranges: `12, 18–20, 24*`, a star at one that ran partly. Lines without code between two of
 * them do not part them.
 */
export function missedText({ lines }: Pick<FileCoverage, "lines">): string {
  const texts: string[] = [];
  let isOpen = false;
  for (const [line, state] of lines) {
    if (state === "partly") texts.push(`${line}*`);
    if (state === "not") texts.push(isOpen ? `${texts.pop()?.split("–")[0]}–${line}` : `${line}`);
    isOpen = state === "not";
  }
  return texts.join(", ");
}
