import { type Goal, isMet, type ServiceUse } from "./cases/comparison.ts";

/** A time as people read it: three digits, ms or s. */
export function milliseconds(value: number): string {
  return value >= 10_000 ? `${digits(value / 1000)} s` : `${digits(value)} ms`;
}

/** A size in MiB. */
export function mebibytes(bytes: number): string {
  return `${digits(bytes / 2 ** 20)} MiB`;
}

/** What the warm evaluator did: `warm evaluator: 290 MiB in all its processes; 0 of 400 calls decided cold`. */
export function serviceText({ peak, all, cold }: ServiceUse): string {
  return `warm evaluator: ${mebibytes(peak)} in all its processes; ${cold} of ${all} calls decided cold`;
}

/** A goal's limit: `≤ 2 ×`. */
export function limitText({ limit, kind }: Goal): string {
  return { most: `≤ ${limit} ×`, "times-as-many": `≥ ${limit} ×`, "a-second": `≥ ${limit}/s` }[kind];
}

/** What was measured of a goal: `1.58 ×`. */
export function valueText({ value, kind }: Goal): string {
  return kind === "a-second" ? `${digits(value)}/s` : `${ratio(value)} ×`;
}

/** Whether a goal is met, or by how much it is not. */
export function verdictText(goal: Goal): string {
  if (isMet(goal)) return "met";
  const { value, limit, kind } = goal;
  const share = Math.abs(value / limit - 1) * 100;
  return `${share.toFixed(share < 5 ? 1 : 0)} % ${kind === "most" ? "over" : "short"}`;
}

/** A number with three digits, and none of its integer part lost. */
export function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A ratio; small ones need a third place to be told from their goals. */
export function ratio(value: number): string {
  return value >= 1 ? digits(value) : value.toFixed(3);
}
