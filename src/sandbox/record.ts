import { writeSync } from "node:fs";

/** The descriptor on which the wall's outer side reads the record. */
const RECORD_DESCRIPTOR = 3;

/** The record's first line; the shell side (`bin/evaluate.sh`) knows it as well. */
export const RECORD_START = "virt-warden-record 1";

/** The record's last line. */
export const RECORD_END = "end";

/** How a policy ended the evaluator. */
export type PolicyEnd = "timeout" | "memory";

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

/** Says what a policy denied, in case that this process comes to no verdict. */
export function recordDenial(name: string, line: string): void {
  writeRecord(`denied ${name} ${line}`);
}

/** The line that holds a rewritten document, for the verdict that allows it. */
export function documentLine(document: Uint8Array): string {
  return `document ${Buffer.from(document).toString("base64")}`;
}

/** Ends this process for what a policy did to it; the wall's outer side runs the rest again. */
export function endFor(name: string, end: PolicyEnd): never {
  writeRecord(`${end} ${name}`);
  endAtOnce();
}

/**
 * Ends this process. An ordinary end would take the isolate apart, and wait for a policy that still runs; whoever reads the
 * record goes by what it says.
 */
export function endAtOnce(): never {
  process.kill(process.pid, "SIGKILL");
  // the first process of a namespace cannot kill itself
  process.abort();
}
