import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Daemon } from "../install/daemons.ts";
import { isSameFile } from "../install/same-file.ts";
import { installCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { fault, type Row } from "./row.ts";

type FolderPlaces = Pick<Places, "proc" | "hooksDir" | "daemonHooks" | "bundle">;

/**
 * That the daemons which run look for hooks elsewhere, so that nobody runs what lies in the folder that is checked.
 *
 * @param daemons One is told of: of this host if there is one, rather than of a container.
 */
export function otherFolder(check: string, daemons: readonly [Daemon, ...Daemon[]], places: FolderPlaces): Row {
  const { hooksDir, daemonHooks, bundle } = places;
  const daemon = daemons.find((each) => isOfThisHost(each, places)) ?? daemons[0];
  const isHere = isOfThisHost(daemon, places);
  const folder = isHere ? daemonHooks : join(places.proc, `${daemon.pid}`, "root", daemonHooks);
  const more = daemons.length === 1 ? "" : `; neither does any of ${daemons.length - 1} more`;
  const name = `${daemon.name} (${daemon.pid})`;
  const detail = `${name} looks for hooks in ${folder}, and runs nothing of ${hooksDir}${more}`;
  const install = installCommand({ hooksDir: daemonHooks, bundle });
  return fault(check, detail, isHere ? install : `in the container or namespace of ${name}: ${install}`);
}

/** Whether the folder that daemons look in is, for a running one, the same as for a daemon that this host would start. */
function isOfThisHost({ pid }: Daemon, { proc, daemonHooks }: FolderPlaces): boolean {
  const root = join(proc, `${pid}`, "root");
  const theirs = join(root, daemonHooks);
  if (!existsSync(theirs) && !existsSync(daemonHooks)) return isSameFile(root, "/");
  return isSameFile(theirs, daemonHooks);
}

/** Whether a daemon that starts on this host looks for hooks in the folder that is checked. */
export function isDaemonFolder({ hooksDir, daemonHooks }: Pick<Places, "hooksDir" | "daemonHooks">): boolean {
  return hooksDir === daemonHooks || isSameFile(hooksDir, daemonHooks);
}
