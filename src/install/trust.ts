import { lstatSync, realpathSync, type Stats } from "node:fs";
import { dirname } from "node:path";

const GROUP_OR_OTHERS = 0o022;
const STICKY = 0o1000;

/** A folder that others than root may change, and why, in a text for people. */
export interface ForeignFolder {
  readonly folder: string;
  readonly reason: string;
}

/** Who else than root may change a file or folder: a text for people, or undefined for nobody. */
export function otherWriters({ uid, gid, mode }: Stats): string | undefined {
  if (uid !== 0) return `it belongs to uid ${uid}`;
  if ((mode & GROUP_OR_OTHERS) === 0) return undefined;
  return (mode & 0o002) === 0 ? `its group ${gid} may write to it` : "everybody may write to it";
}

/**
 * The nearest folder on the way to a file in which others than root could put another file in its place. In a folder
 * such as /tmp, everybody has only their own.
 *
 * @throws Error of the file system.
 */
export function foreignFolder(file: string): ForeignFolder | undefined {
  return foreignFrom(dirname(realpathSync(file)));
}

/** The same, from a folder on, whose path has no links. */
export function foreignFrom(start: string): ForeignFolder | undefined {
  let folder = start;
  for (;;) {
    const stats = lstatSync(folder);
    const reason = otherWriters(stats);
    if (reason !== undefined && !(stats.uid === 0 && (stats.mode & STICKY) !== 0)) return { folder, reason };
    if (folder === "/") return undefined;
    folder = dirname(folder);
  }
}
