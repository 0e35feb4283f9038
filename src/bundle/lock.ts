import { spawn } from "node:child_process";
import { type FileHandle, open } from "node:fs/promises";

/** How long to wait for another build, in seconds. */
const PATIENCE = 30;

/**
 * Runs a task while no other process runs one under the same lock. The kernel gives the lock back when its holder ends, however it ends.
 *
 * @param file the lock's file, created when missing.
 * @throws {Error} when another process holds it for 30 s.
 * @see flock(1): the lock belongs to the open file, which the program only borrows
 */
export async function withLock<T>(file: string, task: () => Promise<T>): Promise<T> {
  // whoever could open it could hold it, and so stop builds
  const handle = await open(file, "a", 0o600);
  try {
    await lock(handle, file);
    return await task();
  } finally {
    await handle.close();
  }
}

function lock({ fd }: FileHandle, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const flock = spawn("flock", ["--exclusive", "--timeout", `${PATIENCE}`, "3"], {
      stdio: ["ignore", "ignore", "ignore", fd],
    });
    flock.once("error", ({ message }) => reject(new Error(`cannot run flock of util-linux: ${message}`)));
    flock.once("exit", (status) => {
      if (status === 0) resolve();
      else reject(new Error(`another process holds ${file} for longer than ${PATIENCE} s`));
    });
  });
}
