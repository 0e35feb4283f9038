import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Where the hook puts what it needs for a moment. */
const FOLDERS = ["/dev/shm", "/run", "/tmp"];

/** How the hook names it: what `mktemp` makes of `virt-warden.XXXXXX`. */
const NAME = /^virt-warden\.\w{6}$/;

/** How long another decision at the same time may need its own files, in milliseconds. */
const PATIENCE = 15_000;

/** The hooks' files that are there now, by path. */
export function shortLivedFiles(): ReadonlySet<string> {
  const names = (folder: string) => readdirSync(folder).filter((name) => NAME.test(name));
  return new Set(FOLDERS.flatMap((folder) => names(folder).map((name) => join(folder, name))));
}

/** Which files are new and stay. Other decisions at the same time have files as well, but soon end. */
export async function newFiles(before: ReadonlySet<string>): Promise<string[]> {
  let left = [...shortLivedFiles()].filter((file) => !before.has(file));
  for (const deadline = performance.now() + PATIENCE; left.length > 0 && performance.now() < deadline; ) {
    await sleep(100);
    const now = shortLivedFiles();
    left = left.filter((file) => now.has(file));
  }
  return left;
}

/**
 * What one hook call has left, by path: the files that hold the document that it was given. Other calls at the same
 * time have files as well, but of other documents.
 */
export function leftFiles(document: string | Uint8Array): string[] {
  const bytes = Buffer.from(document as Uint8Array);
  return bytes.length === 0 ? [] : [...shortLivedFiles()].filter((path) => holds(path, bytes));
}

/** Whether a file has just these bytes; one that is gone, or is a folder, has not. */
function holds(path: string, bytes: Buffer): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}
