import { randomBytes } from "node:crypto";
import { renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { isMissing } from "../install/entry-at.ts";
import { bootId, uptime } from "./clock.ts";
import { formatFile } from "./file-text.ts";
import type { BreakGlass } from "./notice.ts";
import { breakGlassFile } from "./state.ts";

/**
 * Puts all policies of a bundle in audit, at once and for a time; one that is in force is replaced.
 *
 * @param dir the bundle's folder.
 * @param minutes for how long, at most a day.
 * @returns what is in force now.
 * @throws Error of the file system; then all is as it was.
 */
export function beginBreakGlass(dir: string, minutes: number, said: Omit<BreakGlass, "until">): BreakGlass {
  const file = breakGlassFile(dir);
  const from = uptime();
  const until = new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z$/, "Z");
  const notice = { ...said, until };
  const temporary = `${file}-${randomBytes(6).toString("hex")}`;
  try {
    // everybody may know, whatever umask there is: who evaluates a document sees that the hook denies nothing
    writeFileSync(temporary, formatFile({ boot: bootId(), from, to: from + minutes * 6000, notice }), {
      flag: "wx",
      mode: 0o644,
    });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return notice;
}

/**
 * Has policies decide by their own modes again, at once.
 *
 * @returns whether there was anything to end.
 * @throws Error of the file system.
 */
export function endBreakGlass(dir: string): boolean {
  try {
    unlinkSync(breakGlassFile(dir));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
