import { readFileSync } from "node:fs";
import { entryAt } from "./entry-at.ts";
import { type HookScript, hasMark, readHookScript } from "./hook-script.ts";
import { HOOKS, type Hook, scriptPath } from "./places.ts";

/** What lies where our script for a hook could. */
export interface FoundScript {
  readonly hook: Hook;
  readonly path: string;
  /** Whether it is where libvirt looks since 6.5. */
  readonly inFolder: boolean;
  /** Whether install wrote it; a link or folder never. */
  readonly isOurs: boolean;
  /** Its text, where it is ours. */
  readonly text?: string;
  /** What it says, where it is ours and whole. */
  readonly script?: HookScript;
  /** Whether it has the mode and owner that install gives a script. */
  readonly isAsWritten: boolean;
}

/** Permissions of a script that libvirt runs as root. */
export const SCRIPT_MODE = 0o755;

/**
 * What is there at all places where install could have written a script, in the order of {@link HOOKS}.
 *
 * @throws Error of the file system, but not for what is missing.
 */
export function findScripts(hooksDir: string): readonly FoundScript[] {
  return HOOKS.flatMap((hook) =>
    [true, false].flatMap((inFolder) => lookAt(hook, scriptPath(hooksDir, hook, inFolder), inFolder) ?? []),
  );
}

function lookAt(hook: Hook, path: string, inFolder: boolean): FoundScript | undefined {
  const found = entryAt(path);
  if (found === undefined) return undefined;
  const isAsWritten = (found.mode & 0o7777) === SCRIPT_MODE && found.uid === 0 && found.gid === 0;
  const place = { hook, path, inFolder, isAsWritten };
  // one that root may not read is somebody's secret, and never ours
  const text = found.isFile() ? readFileSync(path, "utf8") : "";
  if (!hasMark(text)) return { ...place, isOurs: false };
  const script = readHookScript(text);
  return { ...place, isOurs: true, text, ...(script && { script }) };
}
