import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spoolFolder } from "../../src/sandbox/spool-folder.ts";

/** Where a hook puts what it needs for a moment. */
const FOLDERS = ["/dev/shm", "/run", "/tmp"];

/** What a hook's `mktemp` makes. */
const OF_A_HOOK = /^virt-warden\.\w{6}$/;

/** What this process makes, for as long as it takes to open a file in it. */
const OF_THIS_PROCESS = /^virt-warden-\w{6}$/;

/** The short-lived files that are there, by path; a hook's only where a document is in them that has a word. */
export function leftFiles(word: string): string[] {
  const own = namesIn(spoolFolder(), OF_THIS_PROCESS);
  const hooks = FOLDERS.flatMap((folder) => namesIn(folder, OF_A_HOOK)).filter((path) => mentions(path, word));
  return [...own, ...hooks];
}

function namesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

/** Other hooks at the same time have files as well, of other guests; one that is gone, or is a folder, has no text. */
function mentions(path: string, word: string): boolean {
  try {
    return readFileSync(path).includes(word);
  } catch {
    return false;
  }
}
