import { lstatSync, type Stats } from "node:fs";

/**
 * What is at a path itself, a link being one.
 *
 * @returns `undefined` where there is nothing, also since a part of the path is no folder.
 * @throws Error of the file system.
 */
export function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether the file system says that there is nothing at a path. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}
