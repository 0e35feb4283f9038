import { writeSync } from "node:fs";

/** The descriptor on which the wall's outer side reads the record. */
const RECORD_DESCRIPTOR = 3;

/** The record's first line; the shell side (`bin/evaluate.sh`) knows it as well. */
export const RECORD_START = "virt-warden-record 1";

/** The record's last line. */
export const RECORD_END = "end";

/**
 * Writes lines of the record at once, so that they are there even when the process is killed next.
 *
 * @param lines Without line ends.
 */
export function writeRecord(...lines: readonly string[]): void {
  const bytes = Buffer.from(`${lines.join("\n")}\n`);
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(RECORD_DESCRIPTOR, bytes, written);
  }
}

/** Names the policy that runs next, so that a kill has a culprit. */
export function recordPolicy(name: string): void {
  writeRecord(`policy ${name}`);
}

/** Names the policy that neither finished nor could be stopped. */
export function recordTimeout(name: string): void {
  writeRecord(`timeout ${name}`);
}
