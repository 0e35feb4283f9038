import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { LogPosition } from "./count-log.ts";
import { DecisionCounts } from "./decision-counts.ts";

/** What is known of a log from one count to the next, so that counts go on growing over its rotation. */
export interface MetricsState {
  /** The log's absolute path. */
  readonly log: string;
  readonly position: LogPosition | undefined;
  readonly damaged: number;
  readonly counts: DecisionCounts;
}

/** What it begins with. */
export function noState(log: string): MetricsState {
  return { log, position: undefined, damaged: 0, counts: new DecisionCounts() };
}

/**
 * Reads the state of a log's counts.
 *
 * @returns undefined where the file is another log's, or is damaged.
 * @throws Error of the file system, other than that there is no file.
 */
export function readState(file: string, log: string): MetricsState | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return noState(log);
    throw error;
  }
  try {
    const value = JSON.parse(text);
    const counts = DecisionCounts.read(value.counts);
    const { position, damaged } = value;
    const isPosition =
      position === undefined || (Number.isSafeInteger(position.offset) && /^[0-9a-f]{64}$/.test(position.head));
    if (value.format !== 1 || value.log !== log || !isPosition || !Number.isSafeInteger(damaged)) return undefined;
    return counts && { log, position, damaged, counts };
  } catch {
    return undefined;
  }
}

/** Keeps the state. */
export function writeState(file: string, state: MetricsState): void {
  writeWhole(file, `${JSON.stringify({ format: 1, ...state })}\n`, 0o600);
}

/**
 * Writes a file so that whoever reads it finds it whole, and in a folder of others no link of theirs is followed.
 *
 * @throws Error of the file system.
 */
export function writeWhole(file: string, text: string, mode: number): void {
  const unfinished = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    writeFileSync(unfinished, text, { flag: "wx", mode });
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
