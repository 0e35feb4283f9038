import { PARTS, restOf } from "./breakdown.ts";
import type { Breakdown, CaseResult, Subject } from "./cases/comparison.ts";
import { digits, limitText, mebibytes, milliseconds, valueText, verdictText } from "./format.ts";
import type { Chart } from "./growth/chart.ts";
import { growthOf, median } from "./statistics.ts";

/** Rows of a table, the first of which is its heading. */
export type Rows = readonly (readonly string[])[];

/** The goals of all cases: what, beside what, measured, goal, whether it is met. */
export function goalRows(results: readonly CaseResult[]): Rows {
  const rows = results.flatMap(({ goals }) =>
    goals.map((goal) => [goal.of, goal.beside ?? "", valueText(goal), limitText(goal), verdictText(goal)]),
  );
  return [["", "beside", "measured", "goal", ""], ...rows];
}

/** The same with what each ratio is made of. */
export function detailedGoalRows(results: readonly CaseResult[]): Rows {
  const rows = results.flatMap(({ title, subjects, goals }) =>
    goals.map((goal) => [
      title,
      ...figures(goal.of, subjects),
      ...figures(goal.beside, subjects),
      valueText(goal),
      limitText(goal),
      verdictText(goal),
    ]),
  );
  const figured = ["median", "p99", "memory"];
  return [["case", "", ...figured, "beside", ...figured, "measured", "goal", ""], ...rows];
}

/** What was measured of each command of a case. */
export function subjectRows(subjects: readonly Subject[]): Rows {
  const rows = subjects.map(({ name, sample }) => {
    const [, median = "", p99 = "", memory = ""] = figures(name, subjects);
    return [name, median, p99, String(sample.times.length), memory];
  });
  return [["", "median", "p99", "runs", "memory"], ...rows];
}

/** A command's name, median, p99 and memory; empty for none. */
function figures(name: string | undefined, subjects: readonly Subject[]): readonly string[] {
  const subject = subjects.find((each) => each.name === name);
  if (subject === undefined) return ["", "", "", ""];
  const { sample, peak } = subject;
  return [subject.name, milliseconds(sample.median), milliseconds(sample.p99), mebibytes(peak)];
}

/** Where one decision's time goes, a column for each way to decide. */
export function breakdownRows(ways: ReadonlyMap<string, Breakdown>): Rows {
  const names = PARTS.filter((name) => [...ways.values()].some(({ parts }) => parts.has(name)));
  const row = (what: string, partOf: (breakdown: Breakdown) => number | undefined): string[] => [
    what,
    ...[...ways.values()].map((breakdown) => {
      const value = partOf(breakdown);
      return value === undefined ? "-" : milliseconds(value);
    }),
  ];
  return [
    ["", ...ways.keys()],
    ...names.map((name) => row(name, ({ parts }) => parts.get(name))),
    row("outcome, and all around it", restOf),
    row("whole process", ({ whole }) => whole),
  ];
}

/** A chart's figures, a column for each curve, and how each grows. */
export function growthRows({ curves, unit, labelOf }: Chart): Rows {
  const xs = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const rows = xs.map((x) => [
    labelOf(x),
    ...curves.map(({ points }) => {
      const times = points.find((point) => point.x === x)?.times;
      return times === undefined ? "-" : milliseconds(median(times));
    }),
  ]);
  const slopes = curves.map(({ points }) => digits(growthOf(points).slope));
  return [[unit, ...curves.map(({ name }) => name)], ...rows, ["grows with the power", ...slopes]];
}

/** A table for a terminal: the first column to the left, the others to the right but for texts of `left`. */
export function plain(rows: Rows, left: readonly number[] = [0]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        left.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return rows.map(line).join("\n");
}

/** A table in Markdown, aligned in the same way. */
export function markdown(rows: Rows, left: readonly number[] = [0]): string {
  const line = (row: readonly string[]): string => `| ${row.join(" | ")} |`;
  const [heading = [], ...others] = rows;
  const rule = heading.map((_, column) => (left.includes(column) ? "---" : "--:"));
  return [heading, rule, ...others].map(line).join("\n");
}
