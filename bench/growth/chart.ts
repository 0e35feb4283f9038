import type { Lab } from "../lab.ts";
import type { Point } from "../statistics.ts";

/** A curve of a chart. */
export interface Curve {
  readonly name: string;
  /** Whether it is ours, and so must not grow faster than linear; others are there to compare. */
  readonly isOurs: boolean;
  /** By size, in milliseconds. */
  readonly points: readonly Point[];
}

/** How a cost grows. */
export interface Chart {
  /** As in `growth-<id>.svg`. */
  readonly id: string;
  readonly title: string;
  /** What is on the x axis. */
  readonly unit: string;
  readonly labelOf: (x: number) => string;
  readonly curves: readonly Curve[];
  readonly notes: readonly string[];
}

/** A growth to measure. */
export interface GrowthCase {
  /** What `--only` names it by. */
  readonly id: string;
  /** About how many seconds it takes, whole and quick. */
  readonly seconds: readonly [whole: number, quick: number];
  run(lab: Lab): Promise<Chart>;
}
