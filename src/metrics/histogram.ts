import type { Sample } from "./family.ts";

/** Upper bounds in seconds: a warm decision takes milliseconds, one by a process of its own tenths, a deadline seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** How long decisions took. */
export class Histogram {
  /** How many were within a bound and beyond the one before; the last beyond all. */
  readonly #counts: number[];
  #sum: number;

  constructor(counts: readonly number[] = new Array<number>(BOUNDS.length + 1).fill(0), sum = 0) {
    this.#counts = [...counts];
    this.#sum = sum;
  }

  /** @param seconds of one decision. */
  add(seconds: number): void {
    const bound = BOUNDS.findIndex((each) => seconds <= each);
    const index = bound < 0 ? BOUNDS.length : bound;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += seconds;
  }

  /** Buckets count all up to their bound, as both formats want it. */
  get samples(): readonly Sample[] {
    let count = 0;
    const buckets = this.#counts.map((each, index) => {
      count += each;
      const bound = BOUNDS[index];
      // canonical in OpenMetrics
      const le = bound === undefined ? "+Inf" : Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
      return { suffix: "_bucket", labels: { le }, value: count };
    });
    return [...buckets, { suffix: "_count", value: count }, { suffix: "_sum", value: Number(this.#sum.toFixed(6)) }];
  }

  toJSON(): unknown {
    return { counts: this.#counts, sum: this.#sum };
  }

  /** @returns undefined for what is none. */
  static read(value: unknown): Histogram | undefined {
    const { counts, sum } = (value ?? {}) as { readonly counts?: unknown; readonly sum?: unknown };
    if (!Array.isArray(counts) || counts.length !== BOUNDS.length + 1 || typeof sum !== "number") return undefined;
    return counts.every((count) => Number.isSafeInteger(count) && count >= 0) ? new Histogram(counts, sum) : undefined;
  }
}
