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
  /** What a warm evaluator answered: `record` where it decided. */
  readonly answers: readonly string[];
  /** What is wrong; empty where it is contained. */
  readonly problems: readonly string[];
  /** That it took too long, and by how much; only a busy machine excuses it. */
  readonly late: readonly string[];
}

/** Of a table that fits a terminal of 80 columns. */
const WIDTHS = { attempt: 38, outcome: 23, seconds: 6, memory: 7, warm: 6 };

/** The table's heading. */
export function heading(): string {
  return row("attempt", "outcome", "s", "MiB", "warm");
}

/** One attempt's line, and below it what was wrong. */
export function lines({ group, name, outcome, seconds, peakBytes, answers, problems, late }: Row): string[] {
  const memory = peakBytes === undefined ? "-" : (peakBytes / 2 ** 20).toFixed(1);
  const warm = answers.length === 0 ? "-" : `${countWarm(answers)}/${answers.length}`;
  const first = row(`${group}/${name}`, outcome, seconds.toFixed(2), memory, warm);
  return [first, ...[...problems, ...late].map((problem) => `  NOT CONTAINED: ${problem}`)];
}

/** How many were contained, and how many of their decisions a warm evaluator made; then those that it left undecided. */
export function summary(attempts: readonly Row[]): string {
  const answers = attempts.flatMap((attempt) => attempt.answers);
  const cold = attempts.flatMap(({ group, name, answers }) =>
    [...new Set(answers)].filter((answer) => answer !== "record").map((answer) => `  ${group}/${name}: ${answer}`),
  );
  return [
    `${attempts.filter(isContained).length} of ${attempts.length} contained`,
    `${countWarm(answers)} of ${answers.length} decisions made by a warm evaluator as without one${cold.length === 0 ? "" : "; not made by it:"}`,
    ...cold,
  ].join("\n");
}

function countWarm(answers: readonly string[]): number {
  return answers.filter((answer) => answer === "record").length;
}

/** Whether nothing went wrong, and in time. */
export function isContained({ problems, late }: Row): boolean {
  return problems.length === 0 && late.length === 0;
}

function row(attempt: string, outcome: string, seconds: string, memory: string, warm: string): string {
  // where one of both is long, the other one's room is for it too
  const left = `${attempt.padEnd(WIDTHS.attempt - 1)} ${outcome}`.padEnd(WIDTHS.attempt + WIDTHS.outcome);
  return `${left}${seconds.padStart(WIDTHS.seconds)}${memory.padStart(WIDTHS.memory)}${warm.padStart(WIDTHS.warm)}`;
}
