/** The value below which this share of all lies, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("Cannot take a percentile: there are no values");
  return value;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (below === undefined || above === undefined) throw new Error("Cannot take a median: there are no values");
  return (below + above) / 2;
}

/** A point of a curve: what it cost, in all the runs, at this size. */
export interface Point {
  readonly x: number;
  readonly times: readonly number[];
}

/** How a curve grows at its upper end. */
export interface Growth {
  /** The power of x that the cost grows with: 1 is linear. */
  readonly slope: number;
  /** The least that it can be: with the runs at the lower sizes that were slow, and at the largest that were fast. */
  readonly least: number;
  readonly isLinear: boolean;
}

/** How many of a curve's last points tell how it grows: further down, what is always the same hides it. */
export const UPPER_POINTS = 3;

/** What a slope may be above 1 before the curve counts as faster than linear: two runs of one curve differ by half of it. */
export const TOLERANCE = 0.15;

/**
 * How a curve's upper part grows: the slope of the line through its last points, both axes logarithmic.
 *
 * @param points by size, at least as many as {@link UPPER_POINTS}.
 */
export function growthOf(points: readonly Point[]): Growth {
  const upper = points.slice(-UPPER_POINTS);
  const last = upper.length - 1;
  const slope = slopeOf(upper.map(({ x, times }) => [x, median(times)]));
  const least = slopeOf(upper.map(({ x, times }, index) => [x, percentile(times, index === last ? 0.25 : 0.75)]));
  return { slope, least, isLinear: slope <= 1 + TOLERANCE || least <= 1 };
}

/** The slope of the line of least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const products = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return products / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
