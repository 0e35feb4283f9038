import type { Matrix } from "../audit/matrix.ts";
import type { PolicyTally, Tally } from "../audit/tally.ts";
import { wrap } from "../wrap.ts";
import { formatMatrix } from "./format-matrix.ts";
import { paint, type Style } from "./paint.ts";

/** In columns. */
const WIDTH = 80;
const GAP = "  ";

const COUNTS = ["denied", "warned", "failed", "exempt"] as const;

/** A policy's number is what its column is called in the table of guests. */
const NUMBER_WIDTH = 3;

/** What is left for a policy's name beside its number, mode and counts. */
const NAME_WIDTH =
  WIDTH - NUMBER_WIDTH - 2 * GAP.length - "enforce".length - (COUNTS.length + 1) * (GAP.length + "denied".length);

/** What an audit came to: guests by policies, a row a policy, and what a hook would do, 80 columns wide. */
export function formatTotals(tally: Tally, matrix: Matrix): string {
  const numbers = new Map(tally.policies.map(({ name }, index) => [name, index + 1]));
  const guests = formatMatrix(matrix, numbers);
  const before = tally.refused + tally.admittedWithFindings > 0 ? "\n" : "";
  return `${before}${guests === "" ? "" : `${guests}\n\n`}${formatTally(tally)}`;
}

/** A row a policy, then a line that says what a hook would do, 80 columns wide. */
function formatTally(tally: Tally): string {
  const width = Math.min(NAME_WIDTH, Math.max("policy".length, ...tally.policies.map(({ name }) => name.length)));
  const header = ["#".padStart(NUMBER_WIDTH), "policy".padEnd(width), "mode   ", ...COUNTS, "judged"].join(GAP);
  const rows = tally.policies.map((policy, index) => row(policy, index + 1, width));
  return [paint("bold", header), ...rows, "", ...summary(tally)].join("\n");
}

function row({ name, mode, judged, ...tally }: PolicyTally, number: number, width: number): string {
  const counts = COUNTS.map((key) => paint(tally[key] === 0 ? "dim" : "bold", count(tally[key])));
  const numbers = [mode.padEnd("enforce".length), ...counts, count(judged)].join(GAP);
  const start = `${String(number).padStart(NUMBER_WIDTH)}${GAP}`;
  const blank = " ".repeat(start.length);
  // a long name has lines of its own
  const lines = name.length > width ? [...wrap(name, WIDTH - start.length), " ".repeat(width)] : [name.padEnd(width)];
  return `${start}${lines.join(`\n${blank}`)}${GAP}${numbers}`;
}

function count(documents: number): string {
  return String(documents).padStart("denied".length);
}

function summary({ documents, refused, denied, failed, unjudged, admittedWithFindings }: Tally): readonly string[] {
  const of = `${documents} ${documents === 1 ? "document" : "documents"}`;
  const more = admittedWithFindings === 0 ? "" : `; ${admittedWithFindings} of the others have findings`;
  if (refused === 0) {
    const found = admittedWithFindings === 0 ? "" : `; ${admittedWithFindings} have findings`;
    return paintLines("green", wrap(`none of ${of} would be refused${found}`, WIDTH));
  }
  const why = [
    ...(denied === 0 ? [] : [`${denied} denied by policies`]),
    ...(failed === 0 ? [] : [`${failed} since a policy failed`]),
    ...(unjudged === 0 ? [] : [`${unjudged} that could not be judged`]),
  ];
  return paintLines("red", wrap(`${refused} of ${of} would be refused: ${why.join(", ")}${more}`, WIDTH));
}

function paintLines(style: Style, lines: readonly string[]): readonly string[] {
  return lines.map((line) => paint(style, line));
}
