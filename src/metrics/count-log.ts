import { createHash } from "node:crypto";
import { LineSplitter } from "../log/read/line-splitter.ts";
import { logBytes } from "../log/read/log-bytes.ts";
import { readLogged } from "../log/read/logged.ts";
import { rotatedLogs } from "../log/read/rotated-logs.ts";
import type { DecisionCounts } from "./decision-counts.ts";

/** By how many bytes of its start a log is known again, whatever it is called by then. */
const HEAD = 256;

/** How far a log was counted. */
export interface LogPosition {
  /** In bytes, after the last whole line. */
  readonly offset: number;
  /** SHA-256 of as many of its first bytes as were there, 256 at most, in hex. */
  readonly head: string;
}

/** What a count came to. */
export interface LogCount {
  /** Where to go on; undefined where there is no line yet. */
  readonly position: LogPosition | undefined;
  readonly damaged: number;
}

/** A log, and from where it is to be counted. */
interface Part {
  readonly file: string;
  readonly from: number;
}

/**
 * Counts what came to a log since it was last counted, also what was rotated away meanwhile, in whatever manner. A last
 * line without its end is left to the next count.
 *
 * @param before Where the last count ended; undefined for all that is in the file.
 * @param warn Told which logs could not be read.
 * @throws Error of the file system, other than that there is no file.
 */
export async function countLog(
  file: string,
  before: LogPosition | undefined,
  counts: DecisionCounts,
  warn: (reason: string) => void,
): Promise<LogCount> {
  let damaged = 0;
  const count = async ({ file, from }: Part): Promise<number> => {
    const splitter = new LineSplitter();
    let offset = from;
    for await (const piece of logBytes(file, from)) {
      offset += piece.length;
      for (const line of splitter.take(piece)) damaged += addLine(line, counts) ? 0 : 1;
    }
    return offset - splitter.pending;
  };
  const { former, from } = await findParts(file, before, counts.last, warn);
  for (const part of former) {
    await count(part).catch((error: Error) => warn(`cannot read all of ${part.file}: ${error.message}`));
  }
  const offset = await orIfMissing(count({ file, from }), 0);
  if (offset === 0) return { position: undefined, damaged };
  return { position: { offset, head: (await headOf(file, offset)) ?? "" }, damaged };
}

/** @returns false for what is damaged. */
function addLine(line: string | undefined, counts: DecisionCounts): boolean {
  const logged = line === undefined ? undefined : readLogged(line);
  if (logged?.decision !== undefined) counts.add(logged, logged.time);
  return logged !== undefined || line === "";
}

/** What was rotated away since, the oldest first, and from where the log itself is to be counted. */
async function findParts(
  file: string,
  before: LogPosition | undefined,
  last: number | undefined,
  warn: (reason: string) => void,
): Promise<{ readonly former: readonly Part[]; readonly from: number }> {
  if (before === undefined && last === undefined) return { former: [], from: 0 };
  if (before !== undefined && (await isCounted(file, before))) return { former: [], from: before.offset };
  const { logs, unread } = await orIfMissing(rotatedLogs(file), { logs: [], unread: [] });
  for (const each of unread) warn(`cannot read ${each.file}: ${each.reason}`);
  for (const [index, log] of [...logs.entries()].reverse()) {
    if (before === undefined || !(await isCounted(log.file, before))) continue;
    const newer = logs.slice(index + 1).map((each) => ({ file: each.file, from: 0 }));
    return { former: [{ file: log.file, from: before.offset }, ...newer], from: 0 };
  }
  // the one that was counted is gone: those that begin later were not
  const newer = logs.filter(({ firstTime }) => last !== undefined && firstTime > last);
  return { former: newer.map((each) => ({ file: each.file, from: 0 })), from: 0 };
}

/** Whether this is the log that was counted, whatever it was called. */
async function isCounted(file: string, { head, offset }: LogPosition): Promise<boolean> {
  return (await orIfMissing(headOf(file, offset), undefined)) === head;
}

/** @returns undefined where it has not so many bytes. */
async function headOf(file: string, offset: number): Promise<string | undefined> {
  const length = Math.min(HEAD, offset);
  let head: Buffer = Buffer.alloc(0);
  for await (const piece of logBytes(file)) {
    head = Buffer.concat([head, piece]).subarray(0, length);
    if (head.length === length) return createHash("sha256").update(head).digest("hex");
  }
  return undefined;
}

async function orIfMissing<T>(promise: Promise<T>, instead: T): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return instead;
    throw error;
  }
}
