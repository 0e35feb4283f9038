import type { HostilePolicy } from "../../test/hostile/attempt.ts";
import { BREACHES, type Classified } from "./classify.ts";
import type { HostRun } from "./run-host.ts";

/** What became of one policy. */
export interface Result extends Classified {
  readonly policy: HostilePolicy;
  /** Undefined where no host was started: the bundler had refused it. */
  readonly run: HostRun | undefined;
}

/** Of a table that fits a terminal of 80 columns. */
const WIDTHS = { attempt: 42, outcome: 23, seconds: 7, memory: 8 };

/** The table's heading. */
export function heading(): string {
  return row("attempt", "outcome", "seconds", "MiB");
}

/** One policy's line, and below it what is worth knowing. */
export function lines({ policy, run, breaches, detail }: Result): string[] {
  const name = `${policy.group}/${policy.name}`;
  if (run === undefined) return [row(name, "not bundled", "-", "-")];
  const outcome = breaches.length === 0 ? "contained" : breaches.join(", ");
  const first = row(name, outcome, run.seconds.toFixed(2), (run.peakBytes / 2 ** 20).toFixed(0));
  return detail === undefined ? [first] : [first, `  ${printable(detail)}`];
}

/** How many got through, of each group and of all. */
export function summary(results: readonly Result[]): string[] {
  const groups = [...new Set(results.map(({ policy }) => policy.group))].sort();
  const line = (what: string, some: readonly Result[]) => {
    const through = some.filter(({ breaches }) => breaches.length > 0);
    const counts = BREACHES.flatMap((breach) => {
      const count = through.filter(({ breaches }) => breaches.includes(breach)).length;
      return count === 0 ? [] : [`${breach} ${count}`];
    });
    return `${what}: ${through.length} of ${some.length} got through${counts.length === 0 ? "" : `: ${counts.join(", ")}`}`;
  };
  const silent = results.filter(({ run }) => run !== undefined && run.verdict === undefined).length;
  return [
    ...groups.map((group) =>
      line(
        group,
        results.filter(({ policy }) => policy.group === group),
      ),
    ),
    line("all", results),
    `${silent} hosts ended without a verdict, and so without the honest policies' denials`,
  ];
}

function row(attempt: string, outcome: string, seconds: string, memory: string): string {
  const left = attempt.padEnd(WIDTHS.attempt) + outcome.padEnd(WIDTHS.outcome);
  return `${left}${seconds.padStart(WIDTHS.seconds)}${memory.padStart(WIDTHS.memory)}`;
}

/** A policy's words, cut to a line. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 78);
}
