import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";

/** Looks a program up as a shell would; undefined where no folder has it. */
export function findProgram(name: string, path: readonly string[]): string | undefined {
  return path.map((folder) => join(folder, name)).find(isExecutable);
}

/** Whether this is a file that the caller may run. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
