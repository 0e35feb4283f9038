import { lstatSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { join, resolve } from "node:path";
import { otherWriters } from "../install/trust.ts";
import { bootId, uptime } from "./clock.ts";
import { type BreakGlassFile, MAX_TIME, parseFile } from "./file-text.ts";
import type { BreakGlass } from "./notice.ts";

/** What a bundle's break-glass is: none, in force, over, or ignored since something is wrong with its file. */
export type BreakGlassState =
  | { readonly state: "none" }
  | { readonly state: "in force"; readonly notice: BreakGlass /** In centiseconds. */; readonly left: number }
  | { readonly state: "ended"; readonly notice: BreakGlass }
  | { readonly state: "ignored"; readonly problem: string };

/**
 * Where break-glass of a bundle lies: beside the versions of the one in force, where whoever could write could change the
 * policies as well.
 *
 * @param dir the bundle's folder.
 */
export function breakGlassFile(dir: string): string {
  return join(resolve(realpathSync(join(resolve(dir), "current")), "../.."), "break-glass");
}

/** Tells it as the hook does (`bin/break-glass.sh`), which counts; none where there is no bundle. */
export function breakGlassState(dir: string): BreakGlassState {
  let text: string;
  try {
    const file = breakGlassFile(dir);
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return { state: "none" };
    const problem = untrusted(stats);
    if (problem !== undefined) return { state: "ignored", problem };
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code, path = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || !path.endsWith("break-glass")) return { state: "none" };
    return { state: "ignored", problem: (error as Error).message };
  }
  const file = parseFile(text);
  return file === undefined ? { state: "ignored", problem: "it is not whole" } : stateOf(file);
}

function untrusted(stats: Stats): string | undefined {
  if (!stats.isFile()) return "it is no file";
  const writers = otherWriters(stats);
  return writers === undefined ? undefined : `${writers}, not root alone`;
}

function stateOf({ boot, from, to, notice }: BreakGlassFile): BreakGlassState {
  if (boot !== bootId()) return { state: "ended", notice };
  const now = uptime();
  if (from > now) return { state: "ignored", problem: "it begins in the future" };
  if (to - from > MAX_TIME) return { state: "ignored", problem: "it is for more than 24 hours" };
  return now < to ? { state: "in force", notice, left: to - now } : { state: "ended", notice };
}
