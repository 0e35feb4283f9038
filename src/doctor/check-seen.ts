import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Daemon, daemonsOf } from "../install/daemons.ts";
import type { Daemons } from "../install/find-daemons.ts";
import type { Hook } from "../install/places.ts";
import { reloadCommand } from "../install/reload-commands.ts";
import { otherFolder } from "./other-folder.ts";
import type { Places } from "./places.ts";
import { fault, ok, type Row, warning } from "./row.ts";

/**
 * Whether the daemons of a hook have looked for hooks since its script is there: they do so when they start and when they
 * are reloaded, and not again. Our `daemon` script leaves a stamp then.
 *
 * @param daemons Those that run some hook of ours, and those that would, did they not look elsewhere.
 */
export function checkSeen(
  hook: Hook,
  file: string,
  daemons: Daemons,
  places: Pick<Places, "stamps" | "systemd" | "proc" | "hooksDir" | "daemonHooks" | "bundle">,
): readonly Row[] {
  const check = `hook ${hook}`;
  const names = daemonsOf(hook);
  const running = daemons.own.filter(({ name }) => names.includes(name));
  const [other, ...more] = daemons.others.filter(({ name }) => names.includes(name));
  if (other !== undefined) return [otherFolder(check, [other, ...more], places)];
  if (running.length === 0) {
    const detail = `no daemon runs that calls it (${names.slice(0, 2).join(", ")}); the next one looks for hooks when it starts`;
    return [warning(check, detail)];
  }
  const age = installedAt(file);
  const unseen = running.filter((daemon) => !hasLooked(daemon, join(places.stamps, daemon.name), age));
  if (unseen.length === 0)
    return [ok(check, `seen by ${running.map(({ name, pid }) => `${name} (${pid})`).join(", ")}`)];
  return unseen.map((daemon) => {
    const since = new Date(Number(age / 1_000_000n)).toISOString().slice(0, 19);
    const detail = `not seen by ${daemon.name} (${daemon.pid}) since it was installed, on ${since.replace("T", " at ")} UTC`;
    return fault(check, detail, reloadCommand(daemon, places));
  });
}

/** Whether a daemon's stamp is its own, and newer than a time. */
function hasLooked({ pid }: Daemon, stamp: string, since: bigint): boolean {
  try {
    const [, stamped] = /^\w+ (\d+)\n$/.exec(readFileSync(stamp, "utf8")) ?? [];
    return Number(stamped) === pid && statSync(stamp, { bigint: true }).mtimeNs >= since;
  } catch {
    return false;
  }
}

/** When a script came to its place or changed, and its folder was made, in nanoseconds since 1970. */
function installedAt(file: string): bigint {
  const { ctimeNs } = statSync(file, { bigint: true });
  const { birthtimeNs } = statSync(dirname(file), { bigint: true });
  return ctimeNs > birthtimeNs ? ctimeNs : birthtimeNs;
}
