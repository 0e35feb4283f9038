import type { Attempt } from "./run-attempt.ts";

/** Of a table that fits a terminal of 80 columns. */
const WIDTHS = { attempt: 35, outcome: 30, seconds: 7, memory: 7 };

/** The table's heading. */
export function heading(): string {
  return row("attempt", "outcome", "seconds", "MiB");
}

/** One attempt's line, and below it what was wrong. */
export function lines({ policy, outcome, seconds, peakBytes, problems, late }: Attempt): string[] {
  const memory = peakBytes === undefined ? "-" : (peakBytes / 2 ** 20).toFixed(1);
  const first = row(`${policy.group}/${policy.name}`, outcome, seconds.toFixed(2), memory);
  return [first, ...[...problems, ...late].map((problem) => `  NOT CONTAINED: ${problem}`)];
}

/** How many were contained. */
export function summary(attempts: readonly Attempt[]): string {
  return `${attempts.filter(isContained).length} of ${attempts.length} contained`;
}

/** Whether nothing went wrong, and in time. */
export function isContained({ problems, late }: Attempt): boolean {
  return problems.length === 0 && late.length === 0;
}

function row(attempt: string, outcome: string, seconds: string, memory: string): string {
  const left = attempt.padEnd(WIDTHS.attempt) + outcome.padEnd(WIDTHS.outcome);
  return `${left}${seconds.padStart(WIDTHS.seconds)}${memory.padStart(WIDTHS.memory)}`;
}
