import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readManifest } from "../../bundle/read-manifest.ts";
import { DEFAULT_LOG } from "../../config/configuration.ts";
import { UserError } from "../../user-error.ts";

/**
 * Where the decisions of a bundle are logged: as its manifest says.
 *
 * @param isNamed Whether somebody named that bundle; else one that is not there is no fault.
 * @throws {UserError} where the bundle that was named, or the one that is there, cannot be read.
 */
export function logPlace(bundleDir: string, isNamed: boolean): string {
  const file = join(resolve(bundleDir), "current/manifest.json");
  try {
    return readManifest(readFileSync(file, "utf8")).log;
  } catch (error) {
    if (!isNamed && (error as NodeJS.ErrnoException).code === "ENOENT") return DEFAULT_LOG;
    const reason =
      error instanceof SyntaxError ? "it is damaged: run virt-warden build again" : (error as Error).message;
    throw new UserError([{ file, message: `cannot read where decisions are logged: ${reason}; or name it by --file` }]);
  }
}
