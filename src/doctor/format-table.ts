import { styleText } from "node:util";
import { withoutControls } from "../hook/printable.ts";
import { wrap } from "../wrap.ts";
import type { Diagnosis } from "./diagnose.ts";
import type { Row, RowStatus } from "./row.ts";

/** In columns. */
const WIDTH = 80;
const GAP = "  ";
const MEND = "  mend: ";

const STYLES = { ok: "green", warning: "yellow", fault: "red", skipped: "dim" } as const;

/**
 * A diagnosis as a table for people, 80 columns wide. Only a mend has one line, however long: a command is to be copied.
 * Coloured only where stdout is a terminal.
 */
export function formatTable(diagnosis: Diagnosis): string {
  const { checks } = diagnosis;
  const first = Math.max(...checks.map(({ check }) => check.length));
  const second = Math.max(...checks.map(({ status }) => status.length));
  return [...checks.flatMap((row) => formatRow(row, first, second)), "", summary(diagnosis)].join("\n");
}

function formatRow({ check, status, detail, mend }: Row, first: number, second: number): readonly string[] {
  const left = first + second + 2 * GAP.length;
  const [line = "", ...others] = wrap(withoutControls(detail), WIDTH - left);
  return [
    `${check.padEnd(first)}${GAP}${paint(status, status.padEnd(second))}${GAP}${line}`.trimEnd(),
    ...others.map((other) => `${" ".repeat(left)}${other}`),
    ...(mend === undefined ? [] : [`${MEND}${withoutControls(mend)}`]),
  ];
}

/** The last line: whether guests are judged here. */
function summary({ enforcing, checks }: Diagnosis): string {
  const faults = count(checks, "fault");
  const warnings = count(checks, "warning");
  if (faults > 0) return paint("fault", `enforcement is NOT in force: ${faults} ${faults === 1 ? "fault" : "faults"}`);
  if (!enforcing) return paint("warning", "it is not known whether enforcement is in force: some checks need root");
  const note = warnings === 0 ? "" : ` (${warnings} ${warnings === 1 ? "warning" : "warnings"})`;
  return paint("ok", `enforcement is in force${note}`);
}

function count(checks: readonly Row[], status: RowStatus): number {
  return checks.filter((row) => row.status === status).length;
}

/** styleText itself leaves colour out where stdout is no terminal, and heeds NO_COLOR. */
function paint(status: RowStatus, text: string): string {
  return styleText(STYLES[status], text, { stream: process.stdout });
}
