import { lstat } from "node:fs/promises";
import { UserError } from "../user-error.ts";

const GROUP_OR_OTHERS = 0o022;

/**
 * Refuses files and folders that somebody else than root and this process's user may change, as the hook does
 * (`bin/bundle.sh`): a bundle's rules could be anybody's.
 *
 * @throws {UserError} with the first of them. What is missing is passed over.
 */
export async function refuseWritable(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) continue;
    const isOurs = found.uid === 0 || found.uid === process.getuid?.();
    if (isOurs && (found.mode & GROUP_OR_OTHERS) === 0) continue;
    const message = "others than root may write to it, or it is a link; chown root and chmod go-w it, or build anew";
    throw new UserError([{ file: path, message: `cannot trust the bundle: ${message}` }]);
  }
}
