import { readdirSync, rmdirSync, statSync, unlinkSync } from "node:fs";
import { breakGlassFile, breakGlassState } from "../break-glass/state.ts";
import { type Problem, UserError } from "../user-error.ts";
import { entryAt, isMissing } from "./entry-at.ts";
import { fileProblem } from "./file-problem.ts";
import { type FoundScript, findScripts } from "./installed-scripts.ts";
import { neighboursOf } from "./neighbours.ts";
import { HOOKS, type Hook } from "./places.ts";

/** What uninstall does, or would do. */
export interface Removal {
  /** The scripts that install wrote. */
  readonly scripts: readonly { readonly hook: Hook; readonly path: string }[];
  /** What is left of break-glass beside the bundles that the scripts name. */
  readonly breakGlass: readonly string[];
  /** The folders that install made, the innermost first; those that are not empty by then stay. */
  readonly folders: readonly string[];
  /** Others' scripts, which stay. */
  readonly left: readonly string[];
}

/** What became of it. */
export interface Removed {
  /** The scripts and folders that are gone. */
  readonly paths: readonly string[];
  /** The hooks whose scripts are gone. */
  readonly hooks: readonly Hook[];
  /** What could not be removed, and why. */
  readonly problems: readonly Problem[];
}

/**
 * Finds what install wrote, in a folder of hooks that need not be there.
 *
 * @throws {UserError} where something else is in that folder's place; an Error of the file system.
 */
export function planRemoval(hooksDir: string): Removal {
  const found = findScripts(hooksDir);
  refuseFile(hooksDir);
  const ours = found.filter(({ isOurs }) => isOurs);
  const folders = new Set(ours.flatMap(({ script }) => script?.made ?? []));
  const paths = new Set(ours.map(({ path }) => path));
  return {
    scripts: ours.map(({ hook, path }) => ({ hook, path })),
    breakGlass: breakGlassFiles(ours),
    folders: [...folders].sort().reverse(),
    left: HOOKS.flatMap((hook) => neighboursOf(hooksDir, hook).map(({ path }) => path)).filter(
      (path) => !paths.has(path),
    ),
  };
}

/** Removes the scripts, then the folders that are empty without them; what cannot be removed keeps nothing else. */
export function remove({ scripts, breakGlass, folders }: Removal): Removed {
  const paths: string[] = [];
  const hooks = new Set<Hook>();
  const problems: Problem[] = [];
  const attempt = (path: string, removal: (path: string) => void): boolean => {
    try {
      removal(path);
      paths.push(path);
      return true;
    } catch (error) {
      // somebody else removed it
      if (!isMissing(error)) problems.push(fileProblem(error as NodeJS.ErrnoException, "cannot remove it"));
      return isMissing(error);
    }
  };
  for (const { hook, path } of scripts) if (attempt(path, unlinkSync)) hooks.add(hook);
  for (const file of breakGlass) attempt(file, unlinkSync);
  for (const folder of folders) if (isEmpty(folder)) attempt(folder, rmdirSync);
  return { paths, hooks: [...hooks], problems };
}

/** Those that are there; a bundle that is not has none. */
function breakGlassFiles(ours: readonly FoundScript[]): readonly string[] {
  const bundles = new Set(ours.flatMap(({ script }) => script?.bundle ?? []));
  return [...bundles].filter((dir) => breakGlassState(dir).state !== "none").map(breakGlassFile);
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

function refuseFile(hooksDir: string): void {
  if (entryAt(hooksDir) === undefined || statSync(hooksDir, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  const message = "this is no folder, and no hook script can be in it: name another with --hooks-dir";
  throw new UserError([{ file: hooksDir, message }]);
}
