import { statSync } from "node:fs";
import { LineSplitter } from "./line-splitter.ts";
import { logBytes } from "./log-bytes.ts";
import { firstTimeOf, type RotatedLog, rotatedLogs } from "./rotated-logs.ts";

/** By how much a line may be later in the log than one of a later time, in milliseconds: several decide at once. */
const DISORDER = 60_000;

/** Which part of a log is read. */
export interface LogPart {
  /** Where it reaches back beyond the file, logs that were put aside are read as well. In milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
}

/**
 * The lines of a log, the oldest first, with those of the logs put aside that a part needs. Lines around the part come as
 * well: whoever reads them looks at their times.
 *
 * @param warn Told which logs could not be read, and why.
 * @returns undefined for each line that is too long to be one.
 * @throws Error of the file system where the log itself cannot be read.
 */
export async function* readLog(
  file: string,
  part: LogPart,
  warn: (reason: string) => void,
): AsyncGenerator<string | undefined> {
  for (const rotated of await neededLogs(file, part, warn)) {
    try {
      yield* linesOf(rotated.file);
    } catch (error) {
      warn(`cannot read all of ${rotated.file}: ${(error as Error).message}`);
    }
  }
  yield* linesOf(file);
}

/** The logs put aside that may have decisions of a part; none where no times are named. */
export async function neededLogs(
  file: string,
  { since, until }: LogPart,
  warn: (reason: string) => void,
): Promise<readonly RotatedLog[]> {
  if (since === undefined && until === undefined) return [];
  // what cannot be read is the fault to be told
  const isEmpty = statSync(file).size === 0;
  const first = isEmpty ? undefined : await firstTimeOf(file);
  if (since !== undefined && first !== undefined && since >= first + DISORDER) return [];
  const { logs, unread } = await rotatedLogs(file);
  for (const each of unread) warn(`cannot read ${each.file}: ${each.reason}`);
  return logs.filter(({ firstTime }, index) => {
    // the next one begins where this one ends
    const end = logs[index + 1]?.firstTime ?? first ?? Number.POSITIVE_INFINITY;
    return (until === undefined || firstTime < until + DISORDER) && (since === undefined || end > since - DISORDER);
  });
}

/** A file's lines; the last one also where it has no end. */
export async function* linesOf(file: string): AsyncGenerator<string | undefined> {
  const splitter = new LineSplitter();
  for await (const piece of logBytes(file)) yield* splitter.take(piece);
  yield* splitter.end();
}
