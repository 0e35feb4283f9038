import { statSync } from "node:fs";
import { dirname } from "node:path";
import { type Problem, UserError } from "../user-error.ts";
import type { WarmEvaluator } from "./clients.ts";
import { entryAt } from "./entry-at.ts";
import { hookScript } from "./hook-script.ts";
import { type FoundScript, findScripts } from "./installed-scripts.ts";
import { type Hook, scriptPath } from "./places.ts";
import { type Repointed, repointed } from "./repointed.ts";

/** What install is going to do, with all paths absolute. */
export interface Plan {
  readonly hooksDir: string;
  /** Folders to make, the outermost first. */
  readonly folders: readonly string[];
  readonly writes: readonly { readonly path: string; readonly text: string }[];
  /** Scripts of an earlier install that have no use any more. */
  readonly removes: readonly string[];
  /** Scripts that are as they should be. */
  readonly unchanged: readonly string[];
  /** What the scripts that are there name otherwise. */
  readonly repointed: readonly Repointed[];
}

/** What a plan is made for. */
export interface Wish {
  readonly hooksDir: string;
  readonly launcher: string;
  readonly bundle: string;
  /** The hooks that are to have a script. */
  readonly hooks: readonly Hook[];
  /** Whether libvirt runs what lies in `<hook>.d`. */
  readonly hasFolders: boolean;
  /** Where the scripts ask first. */
  readonly warm?: WarmEvaluator;
}

/**
 * Compares what is there with what should be.
 *
 * @throws {UserError} where somebody else's script is in the way: nothing of others is ever written over.
 */
export function makePlan(wish: Wish): Plan {
  const { hooksDir, hooks, hasFolders, launcher, bundle, warm } = wish;
  const found = findScripts(hooksDir);
  const wanted = hooks.map((hook) => ({ hook, path: scriptPath(hooksDir, hook, hasFolders) }));
  refuseOthers(found, wanted);
  const folders = missingFolders(
    wanted.map(({ path }) => dirname(path)),
    hooksDir,
  );
  const scripts = wanted.map(({ hook, path }) => {
    const earlier = found.find((each) => each.hook === hook && each.script !== undefined)?.script?.made ?? [];
    const made = [...new Set([...earlier, ...folders.filter((folder) => `${path}/`.startsWith(`${folder}/`))])].sort();
    return { path, text: hookScript({ hook, launcher, bundle, made, ...(warm && { warm }) }) };
  });
  const isUnchanged = ({ path, text }: { path: string; text: string }): boolean =>
    found.some((each) => each.path === path && each.text === text && each.isAsWritten);
  return {
    hooksDir,
    folders,
    writes: scripts.filter((script) => !isUnchanged(script)),
    removes: found
      .filter(({ isOurs, path }) => isOurs && !wanted.some((each) => each.path === path))
      .map((each) => each.path),
    unchanged: scripts.filter(isUnchanged).map(({ path }) => path),
    repointed: repointed(
      found.filter(({ hook }) => hooks.includes(hook)),
      { bundle, launcher, socket: warm?.socket ?? "none" },
    ),
  };
}

function refuseOthers(found: readonly FoundScript[], wanted: readonly { readonly path: string }[]): void {
  const problems = found
    .filter(({ isOurs, path }) => !isOurs && wanted.some((each) => each.path === path))
    .map(({ path, inFolder }): Problem => {
      const mend = inFolder
        ? "move it away, or give it another name"
        : "this libvirt runs one script a hook (6.5 and newer run a folder of them): have that script call virt-warden hook, or move it away";
      return { file: path, message: `virt-warden did not write this, and leaves it as it is: ${mend}` };
    });
  if (problems.length > 0) throw new UserError(problems);
}

/** The folders that are not there yet, with those above them. */
function missingFolders(folders: readonly string[], hooksDir: string): readonly string[] {
  const missing = new Set<string>();
  for (const each of folders) {
    let folder = each;
    for (; entryAt(folder) === undefined; folder = dirname(folder)) missing.add(folder);
    // a link to a folder is one
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      const mend = each !== hooksDir && folder === each ? "move it away" : "name another with --hooks-dir";
      const message = `this is no folder; libvirt's hook scripts belong into one: ${mend}`;
      throw new UserError([{ file: folder, message }]);
    }
  }
  return [...missing].sort();
}
