import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Daemon, runningDaemons } from "./daemons.ts";
import { isSameFile } from "./same-file.ts";

/** Where daemons are looked for, and where hooks; a test has its own. */
export interface DaemonPlaces {
  readonly proc: string;
  /** The folder of hooks in question. */
  readonly hooksDir: string;
  /** The folder that libvirt's daemons themselves look for hooks in. */
  readonly daemonHooks: string;
}

/** libvirt's daemons on this host. */
export interface Daemons {
  /** Those of the system that look for hooks in the folder in question. */
  readonly own: readonly Daemon[];
  /** Those that have another one, such as those of containers. */
  readonly others: readonly Daemon[];
}

/** Finds libvirt's daemons by their processes. A session's are left out: they are their users'. */
export function findDaemons(places: DaemonPlaces): Daemons {
  const all = runningDaemons(places.proc).filter(({ uid }) => uid === 0);
  const own = all.filter((daemon) => looksIn(daemon, places));
  return { own, others: all.filter((daemon) => !own.includes(daemon)) };
}

/** Whether a daemon, which may have other mounts, looks for hooks in the folder in question. */
export function looksIn({ pid }: Pick<Daemon, "pid">, { proc, hooksDir, daemonHooks }: DaemonPlaces): boolean {
  const theirs = join(proc, `${pid}`, "root", daemonHooks);
  // where there is no such folder yet, it would be made there
  if (!existsSync(theirs) && !existsSync(hooksDir)) return hooksDir === daemonHooks;
  return isSameFile(theirs, hooksDir);
}
