import type { CaseResult } from "./cases/comparison.ts";
import { serviceText } from "./format.ts";
import type { Chart } from "./growth/chart.ts";
import { growthOf, median, TOLERANCE, UPPER_POINTS } from "./statistics.ts";
import { chartSvg } from "./svg.ts";
import { breakdownRows, detailedGoalRows, growthRows, markdown, subjectRows } from "./table.ts";

/** All that a run measured. */
export interface Results {
  readonly isQuick: boolean;
  readonly machine: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: readonly CaseResult[];
  readonly charts: readonly Chart[];
}

/** The files of a run's results, by name. */
export function resultFiles(results: Results, date: Date): Readonly<Record<string, string>> {
  const charts = results.charts.map((chart) => [svgName(chart), svgOf(chart)]);
  return { "RESULTS.md": report(results, date), ...Object.fromEntries(charts) };
}

/** The curves of ours that grow faster than linear, each in a text for people. */
export function faultsOf(charts: readonly Chart[]): readonly string[] {
  return charts.flatMap(({ title, curves }) =>
    curves.flatMap(({ name, isOurs, points }) => {
      const { slope, least, isLinear } = growthOf(points);
      if (!isOurs || isLinear) return [];
      return [
        `${title}, ${name}: it grows with the power ${slope.toFixed(2)} (at least ${least.toFixed(2)}), faster than linear`,
      ];
    }),
  );
}

function report({ isQuick, machine, versions, cases, charts }: Results, date: Date): string {
  const parts = [
    "# How fast virt-warden is",
    `Measured on ${date.toISOString().slice(0, 10)}${isQuick ? " by a quick run, with few runs of each" : ""}. ` +
      "To repeat it, run `npm run bench` as root on a machine that does nothing else: that takes about twelve minutes and writes " +
      "this file. `npm run bench -- --quick` takes about one, and writes nothing.",
    "Machine:",
    list(machine),
    "Versions:",
    list(versions),
    "## Goals",
    "Whole processes from fork to exit, medians beside each other in one run, on the same document: a guest of 16 KiB, which comes " +
      "through a pipe, as from libvirt. " +
      "The peers do the same check as the policy, and were first seen to give the same answers. " +
      "`memory` is the peak of the largest process of a call.",
    markdown(detailedGoalRows(cases), [0, 1, 5, 11]),
    "## What was measured",
    "The memory of the warm evaluator is the sum of its processes' own peaks, with pages that they share counted in each.",
    ...cases.map(caseText),
    "## Where the time goes",
    "One decision, by the decision log's own `durations`; medians. What the product's clock does not see is the last part: " +
      "the shell, the client or the wall, the record, the log, the end of the processes.",
    markdown(breakdownRows(breakdowns(cases))),
    ...(charts.length === 0 ? [] : ["## Growth", growthIntroduction(), ...charts.map(chartText)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The ways to decide whose time was taken apart, by the case's title. */
export function breakdowns(cases: readonly CaseResult[]): ReadonlyMap<string, NonNullable<CaseResult["breakdown"]>> {
  return new Map(
    cases.flatMap(({ breakdown }) => (breakdown === undefined ? [] : [[breakdown.way, breakdown] as const])),
  );
}

function caseText({ title, notes, subjects, service }: CaseResult): string {
  const said = service === undefined ? [] : [`The ${serviceText(service)}.`];
  return [`### ${title}`, [...notes, ...said].join(" "), markdown(subjectRows(subjects))]
    .filter((part) => part !== "")
    .join("\n\n");
}

function growthIntroduction(): string {
  return (
    `Both axes are logarithmic. The last line of each table is the power of the size with which the cost grows over the last ${UPPER_POINTS} points: ` +
    `1 is linear. More than ${(1 + TOLERANCE).toFixed(2)} fails the run, where the runs' spread does not explain it.`
  );
}

function chartText(chart: Chart): string {
  return [
    `### ${chart.title}`,
    `![${chart.title}](${svgName(chart)})`,
    chart.notes.join(" "),
    markdown(growthRows(chart)),
  ].join("\n\n");
}

function svgName({ id }: Chart): string {
  return `growth-${id}.svg`;
}

function svgOf({ title, unit, labelOf, curves }: Chart): string {
  const xs = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return chartSvg({
    title,
    xLabel: unit,
    xTicks: xs.map((x) => ({ x, label: labelOf(x) })),
    lines: curves.map(({ name, points }) => ({
      name,
      points: points.map(({ x, times }) => [x, median(times)] as const),
    })),
  });
}

function list(facts: Readonly<Record<string, string>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `- ${name}: ${value}`)
    .join("\n");
}
