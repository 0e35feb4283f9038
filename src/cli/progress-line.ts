import { percent } from "../audit/percent.ts";

/** In columns: a bar that is shorter says nothing, and a longer one no more. */
const MIN_BAR = 5;
const MAX_BAR = 30;

/** Below this, in milliseconds, a rate is chance. */
const SETTLED = 500;

/**
 * How far something is, on one line: `[#####-----]  50 of 100   50 %  25/s  2 s left`.
 *
 * @param ms since the first began.
 * @param columns how many there are; the line stays below.
 */
export function progressLine(done: number, total: number, ms: number, columns: number): string {
  const count = `${String(done).padStart(String(total).length)} of ${total}`;
  const parts = [count, percent(done, total).padStart("100 %".length), ...pace(done, total, ms)];
  const text = parts.join("  ");
  const width = Math.min(MAX_BAR, columns - text.length - "[]  ".length - 1);
  if (width < MIN_BAR) return text.slice(0, Math.max(0, columns - 1));
  const filled = Math.floor((width * done) / Math.max(1, total));
  return `[${"#".repeat(filled)}${"-".repeat(width - filled)}]  ${text}`;
}

function pace(done: number, total: number, ms: number): readonly string[] {
  if (done === 0 || ms < SETTLED) return [];
  const rate = (1000 * done) / ms;
  const left = Math.ceil((total - done) / rate);
  return [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`, `${duration(left)} left`];
}

/** @param seconds whole ones. */
function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const two = (number: number): string => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)} min`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)} h`;
}
