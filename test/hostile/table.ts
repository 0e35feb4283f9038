/** What became of one thing of the collection. */
export interface Row {
  /** What it tries. */
  readonly group: string;
  readonly name: string;
  /** What it came to, in a few words. */
  readonly outcome: string;
  /** The longest of its decisions. */
  readonly seconds: number;
  /** The most that a process of its decisions had resident; undefined where there was none. */
  readonly peakBytes: number | undefined;
  /** What is wrong; empty where it is contained. */
  readonly problems: readonly string[];
  /** That it took too long, and by how much; only a busy machine excuses it. */
  readonly late: readonly string[];
}

/** Of a table that fits a terminal of 80 columns. */
const WIDTHS = { attempt: 40, outcome: 25, seconds: 7, memory: 7 };

/** The table's heading. */
export function heading(): string {
  return row("attempt", "outcome", "seconds", "MiB");
}

/** One attempt's line, and below it what was wrong. */
export function lines({ group, name, outcome, seconds, peakBytes, problems, late }: Row): string[] {
  const memory = peakBytes === undefined ? "-" : (peakBytes / 2 ** 20).toFixed(1);
  const first = row(`${group}/${name}`, outcome, seconds.toFixed(2), memory);
  return [first, ...[...problems, ...late].map((problem) => `  NOT CONTAINED: ${problem}`)];
}

/** How many were contained. */
export function summary(attempts: readonly Row[]): string {
  return `${attempts.filter(isContained).length} of ${attempts.length} contained`;
}

/** Whether nothing went wrong, and in time. */
export function isContained({ problems, late }: Row): boolean {
  return problems.length === 0 && late.length === 0;
}

function row(attempt: string, outcome: string, seconds: string, memory: string): string {
  // where one of both is long, the other one's room is for it too
  const left = `${attempt.padEnd(WIDTHS.attempt - 1)} ${outcome}`.padEnd(WIDTHS.attempt + WIDTHS.outcome);
  return `${left}${seconds.padStart(WIDTHS.seconds)}${memory.padStart(WIDTHS.memory)}`;
}
