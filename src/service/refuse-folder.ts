import { lstatSync } from "node:fs";
import { ServeError } from "./serve-error.ts";

const GROUP_OR_OTHERS = 0o022;
const STICKY = 0o1000;

/**
 * Refuses a folder in which others than root and this process's user could put a socket of theirs in our socket's place.
 *
 * @throws {ServeError} that says so.
 */
export function refuseFolder(folder: string): void {
  const { uid, mode } = lstatSync(folder);
  const isOurs = uid === 0 || uid === process.getuid?.();
  if (isOurs && ((mode & GROUP_OR_OTHERS) === 0 || (mode & STICKY) !== 0)) return;
  throw new ServeError(
    `cannot listen in ${folder}: others may write to it, or it is a link; chown root and chmod go-w it`,
  );
}
