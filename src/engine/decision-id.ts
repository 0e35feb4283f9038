import { readFileSync } from "node:fs";

/**
 * A random UUID for a decision. The kernel makes it: `node:crypto` takes 40 ms to load in the evaluator.
 *
 * @see https://man7.org/linux/man-pages/man4/random.4.html
 */
export function decisionId(): string {
  return readFileSync("/proc/sys/kernel/random/uuid", "utf8").trim();
}
