import { basename, dirname } from "node:path";
import { getSystemErrorMessage } from "node:util";
import type { Problem } from "../user-error.ts";
import { ASIDE } from "./aside.ts";

/** What to do about what the file system says. */
const MENDS: Readonly<Record<string, string>> = {
  EROFS: "its file system is mounted read-only: mount it read-write, then run this again",
  EACCES: "permission denied: run this as root, and see whether AppArmor or SELinux forbids it",
  EPERM: "not permitted: see whether it is immutable, with lsattr -d",
  EBUSY: "it is in use, perhaps as a mount's place: see findmnt",
  EXDEV: "a file system of its own is mounted here: unmount it, then run this again",
  ENOSPC: "no space is left: make room, as df shows, then run this again",
  EDQUOT: "the disk quota is used up: make room, then run this again",
  ENOTDIR: "a part of its path is no folder: move that away",
};

/**
 * Says what the file system refused, where, and what to do.
 *
 * @param what such as `cannot write here`.
 */
export function fileProblem(error: NodeJS.ErrnoException, what: string): Problem {
  const { code = "", errno, message } = error;
  const mend = MENDS[code] ?? (errno === undefined ? message : `${getSystemErrorMessage(errno)}: see dmesg`);
  return { file: placeOf(error), message: `${what}: ${mend}` };
}

/** The path that a person knows: what install puts aside for a moment stands for its folder. */
function placeOf({ path = "", ...error }: NodeJS.ErrnoException): string {
  const target = "dest" in error && typeof error.dest === "string" ? error.dest : path;
  const known = [target, path].find((each) => !ASIDE.test(basename(each)));
  return known ?? dirname(path);
}
