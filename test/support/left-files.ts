import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a hook puts what it needs for a moment. */
const FOLDERS = ["/dev/shm", "/run", "/tmp"];

/** What a hook's `mktemp` makes of `virt-warden.XXXXXX`. */
const OF_A_HOOK = /^virt-warden\.\w{6}$/;

/**
 * The hooks' short-lived files that are there, by path. Other hooks at the same time have files as well, so the contents
 * have to tell whose they are.
 */
export function leftFiles(isOurs: (contents: Buffer) => boolean): string[] {
  return FOLDERS.flatMap((folder) => filesIn(folder, OF_A_HOOK)).filter((path) => {
    try {
      return isOurs(readFileSync(path));
    } catch {
      // one that is gone, or is a folder, has no contents
      return false;
    }
  });
}

/** What a folder has under names of this form, by path. */
export function filesIn(folder: string, name: RegExp): string[] {
  return readdirSync(folder)
    .filter((each) => name.test(each))
    .map((each) => join(folder, each));
}
