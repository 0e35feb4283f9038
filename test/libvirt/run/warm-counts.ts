import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** How a host's warm evaluator was used. */
export interface WarmCounts {
  /** What it answered to each that asked: `record`, `undecided REASON`, or `nothing`. */
  readonly answers: readonly string[];
  /** How many decisions the host's log has. */
  readonly logged: number;
}

/** The counts of all hosts that wrote theirs to a folder, together. */
export function readWarmCounts(folder: string): WarmCounts {
  const all = globSync("*/counts.json", { cwd: folder }).map(
    (file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as WarmCounts,
  );
  return { answers: all.flatMap(({ answers }) => answers), logged: all.reduce((sum, { logged }) => sum + logged, 0) };
}

/** A line for people, and one for each other answer than a record. */
export function warmLines({ answers, logged }: WarmCounts): string[] {
  const records = answers.filter((answer) => answer === "record");
  const others = new Map<string, number>();
  for (const answer of answers.filter((each) => each !== "record")) others.set(answer, (others.get(answer) ?? 0) + 1);
  return [
    `${records.length} of ${logged} decisions made by a warm evaluator, which was asked ${answers.length} times`,
    ...[...others].toSorted().map(([answer, count]) => `  ${count} times: ${answer}`),
  ];
}
