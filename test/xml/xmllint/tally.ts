import type { Outcome } from "./compare.ts";

type Line = NonNullable<Outcome["line"]>;

/** Counts how documents fared. */
export class Tally {
  readonly #names = new Map<string, number>();
  readonly #lines: Record<Line, number> = { same: 0, earlier: 0, later: 0 };
  readonly #reports: string[] = [];
  #tried = 0;
  #disagreements = 0;

  add({ name, disagreement, line }: Outcome): void {
    this.#tried += 1;
    if (disagreement !== undefined) this.#disagreements += 1;
    this.#names.set(name, (this.#names.get(name) ?? 0) + 1);
    if (line !== undefined) this.#lines[line] += 1;
  }

  /** Keeps a description of a disagreement. */
  report(disagreement: string): void {
    this.#reports.push(disagreement);
  }

  /** How many documents had outcomes whose name begins like this. */
  count(name: string): number {
    return [...this.#names].reduce((sum, [each, count]) => (each.startsWith(name) ? sum + count : sum), 0);
  }

  get disagreements(): number {
    return this.#disagreements;
  }

  get reports(): readonly string[] {
    return this.#reports;
  }

  /** The counts, a line each. */
  summary(): string[] {
    const { same, earlier, later } = this.#lines;
    const share = (count: number) => `${((100 * count) / (same + earlier + later)).toFixed(1)} %`;
    return [
      `${this.#tried} documents tried`,
      ...[...this.#names].sort().map(([name, count]) => `${count} ${name}`),
      `${this.#disagreements} disagreements`,
      `lines of refusals: ${share(same)} that of libxml2's first complaint, ${share(earlier)} before, ${share(later)} after`,
    ];
  }
}
