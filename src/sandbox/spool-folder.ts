import { accessSync, constants } from "node:fs";
import { tmpdir } from "node:os";

/** A folder for short-lived files, in memory where the machine has one: documents may hold passwords. */
export function spoolFolder(): string {
  try {
    accessSync("/dev/shm", constants.W_OK | constants.X_OK);
    return "/dev/shm";
  } catch {
    return tmpdir();
  }
}
