import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { REWRITE_EVENTS } from "../hook/rewrite-events.ts";
import { isMissing } from "./entry-at.ts";
import { type Hook, SCRIPT_NAME, scriptFolder, scriptPath } from "./places.ts";

/** Another script that libvirt runs at the same calls as ours. */
export interface Neighbour {
  readonly path: string;
  /** Whether libvirt runs it after ours. */
  readonly isAfter: boolean;
  /** Whether its name says that somebody put it aside; libvirt looks at no name. */
  readonly isLeftover: boolean;
}

const LEFTOVER =
  /^\.|~$|\.(bak|backup|old|orig|save|saved|disabled|off|sw[op]|tmp|rpm(save|new|orig)|dpkg-\w+|ucf-\w+)$/i;

/**
 * The scripts of others that libvirt runs beside ours in a hook's folder, in the order in which they run: the main script,
 * then all executable files in byte order.
 *
 * @see virHookCall in libvirt's src/util/virhook.c
 */
export function neighboursOf(hooksDir: string, hook: Hook): readonly Neighbour[] {
  const main = scriptPath(hooksDir, hook, false);
  const folder = scriptFolder(hooksDir, hook);
  const inFolder = namesIn(folder)
    .filter((name) => name !== SCRIPT_NAME)
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map((name) => ({
      path: join(folder, name),
      isAfter: Buffer.compare(Buffer.from(name), Buffer.from(SCRIPT_NAME)) > 0,
      isLeftover: LEFTOVER.test(name),
    }));
  return [{ path: main, isAfter: false, isLeftover: false }, ...inFolder].filter(({ path }) => isRun(path));
}

/**
 * What is to be said of the scripts beside ours: those that can change a document unseen, and those that nobody means to
 * run.
 *
 * @param watch the events that policies watch.
 */
export function warnAboutNeighbours(
  hook: Hook,
  neighbours: readonly Neighbour[],
  watch: readonly string[],
): readonly string[] {
  const rewritten = REWRITE_EVENTS.filter((event) => event.startsWith(`${hook}/`) && watch.includes(event)).join(
    " and ",
  );
  const isLast = `give it a name before ${SCRIPT_NAME}`;
  return neighbours.flatMap(({ path, isAfter, isLeftover }) => [
    ...(isLeftover ? [`${path} looks put aside, and libvirt runs it all the same: move it out of this folder`] : []),
    ...(isAfter && rewritten !== ""
      ? [`${path} runs after virt-warden, and can change the document of ${rewritten} unseen; ${isLast}`]
      : []),
  ]);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isRun(path: string): boolean {
  try {
    const found = statSync(path);
    return found.isFile() && (found.mode & 0o111) !== 0;
  } catch {
    return false;
  }
}
