import type { Batch, Trial } from "./compose.ts";
import { BATCH } from "./compose.ts";
import type { Expected } from "./expect.ts";
import type { Verdict } from "./verdict.ts";

/** What is kept of a soak: counts, so that a long one takes no more memory than a short one, and what was wrong. */
export class Tally {
  readonly #seed: number;
  readonly #statuses = new Map<string, number>();
  readonly #kinds = new Map<string, number>();
  #slowest = 0;
  #hooks = 0;
  decisions = 0;
  readonly problems: string[] = [];
  /** The decisions that the log must have a line about, by index. */
  readonly logged = new Set<number>();
  /** What {@link Resources.summary} says. */
  resources: readonly string[] = [];

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Counts a decision that took so many milliseconds. */
  add(
    trial: Trial,
    { members }: Batch,
    expected: Expected,
    verdict: Verdict,
    problems: readonly string[],
    ms: number,
  ): void {
    this.decisions += 1;
    this.#slowest = Math.max(this.#slowest, ms);
    if (trial.way === "hook") {
      this.#hooks += 1;
      if (expected.isWatched) this.logged.add(trial.index);
    }
    increase(this.#statuses, String(verdict.status));
    for (const { kind } of verdict.decision?.failures ?? []) increase(this.#kinds, kind);
    if (problems.length === 0) return;
    const rules = members.map(({ policy, mode, onError }) => `${policy.name} (${mode}, onError ${onError})`);
    const start = trial.index - (trial.index % BATCH);
    this.wrong(
      [
        `decision ${trial.index} (${trial.way}, ${trial.event}, ${trial.guest}, ${trial.document.source}):`,
        ...problems,
        `by ${rules.join(", ")}`,
        `again: npm run soak -- --seed ${this.#seed} --from ${start} --decisions ${BATCH}`,
      ].join("\n  "),
    );
  }

  wrong(problem: string): void {
    this.problems.push(problem);
  }

  /** Lines for people. */
  summary(seconds: number): string[] {
    const counts = (map: ReadonlyMap<string, number>) =>
      [...map]
        .toSorted()
        .map(([name, count]) => `${name}: ${count}`)
        .join(", ") || "none";
    return [
      `${this.decisions} decisions, ${this.#hooks} of them by the hook, in ${seconds.toFixed(0)} s`,
      `by status: ${counts(this.#statuses)}`,
      `policies that failed: ${counts(this.#kinds)}`,
      `the slowest decision: ${(this.#slowest / 1000).toFixed(2)} s`,
      ...this.resources,
    ];
  }
}

function increase(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}
