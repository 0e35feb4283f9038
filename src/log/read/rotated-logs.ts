import { readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { LineSplitter } from "./line-splitter.ts";
import { isUnreadable, logBytes } from "./log-bytes.ts";
import { readLogged } from "./logged.ts";

/** What logrotate puts into a name: a count, or a date, perhaps with a time. */
const ROTATION = /^(?:\.\d{1,6}|[-.]\d{4}-?\d\d-?\d\d(?:[-_.T]?\d{1,10})?)$/;

/** How names of compressed files end. */
const PACKED = /\.(?:gz|zst|bz2|xz|lzma|lz4)$/;

/** In how many bytes of a log its first decision is looked for. */
const FIRST_BYTES = 2 ** 20;

/** A log that was put aside, and when its first decision was, in milliseconds since 1970. */
export interface RotatedLog {
  readonly file: string;
  readonly firstTime: number;
}

/** The logs that were put aside. */
export interface RotatedLogs {
  /** The oldest first; those without any decision are left out. */
  readonly logs: readonly RotatedLog[];
  /** Those that are damaged, or compressed in a way that is not read here, and why. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Finds what logrotate made of a log: `decisions.log.1`, `decisions.log.2.gz`, `decisions.log-20260131.gz`, and with its
 * `extension .log` also `decisions.1.log`, `decisions-20260131.log`.
 *
 * @see logrotate(8): dateext, dateformat, extension, compressext
 */
export async function rotatedLogs(file: string): Promise<RotatedLogs> {
  const logs: RotatedLog[] = [];
  const unread: { file: string; reason: string }[] = [];
  for (const path of rotatedNames(file)) {
    if (isUnreadable(path)) {
      unread.push({ file: path, reason: `unpack it first: ${extname(path).slice(1)} is not read here` });
      continue;
    }
    try {
      const firstTime = await firstTimeOf(path);
      if (firstTime !== undefined) logs.push({ file: path, firstTime });
    } catch (error) {
      unread.push({ file: path, reason: (error as Error).message });
    }
  }
  return { logs: logs.sort((one, other) => one.firstTime - other.firstTime), unread };
}

function rotatedNames(file: string): readonly string[] {
  const [folder, name, extension] = [dirname(file), basename(file), extname(file)];
  const stem = name.slice(0, name.length - extension.length);
  const isRotated = (each: string): boolean => {
    const plain = each.replace(PACKED, "");
    if (plain.startsWith(name) && ROTATION.test(plain.slice(name.length))) return true;
    return (
      extension !== "" &&
      plain.startsWith(stem) &&
      plain.endsWith(extension) &&
      ROTATION.test(plain.slice(stem.length, -extension.length))
    );
  };
  const names = new Set(readdirSync(folder).filter(isRotated));
  // while logrotate compresses a file, both are there
  return [...names]
    .filter((each) => !PACKED.test(each) || !names.has(each.replace(PACKED, "")))
    .map((each) => join(folder, each));
}

/** When the first decision of a log was. */
export async function firstTimeOf(file: string): Promise<number | undefined> {
  const splitter = new LineSplitter();
  let bytes = 0;
  for await (const piece of logBytes(file)) {
    for (const line of splitter.take(piece)) {
      const logged = line === undefined ? undefined : readLogged(line);
      if (logged !== undefined) return logged.time;
    }
    bytes += piece.length;
    if (bytes > FIRST_BYTES) return undefined;
  }
  return undefined;
}
