import { existsSync, readFileSync } from "node:fs";
import { type Daemon, daemonsOf, runningDaemons } from "./daemons.ts";
import { looksIn } from "./find-daemons.ts";
import { DEFAULT_HOOKS_DIR, type Hook } from "./places.ts";

/** Where to look; a test has its own. */
export interface ReloadPlaces {
  readonly proc: string;
  /** There where systemd is the host's first process. */
  readonly systemd: string;
}

/** What there is to do about daemons whose hooks came or went. */
export interface Reload {
  /** Have the daemons look for hook scripts again, one a daemon that runs. A reload ends no guest. */
  readonly commands: readonly string[];
  /** The daemons that look for hooks elsewhere, which no reload would help. */
  readonly elsewhere: readonly Daemon[];
}

const HOST = { proc: "/proc", systemd: "/run/systemd/system", daemonHooks: DEFAULT_HOOKS_DIR };

/**
 * How to have libvirt's daemons look for hook scripts again.
 *
 * @param hooks whose scripts came or went.
 */
export function planReload(hooksDir: string, hooks: readonly Hook[], host = HOST): Reload {
  const names = new Set(hooks.flatMap(daemonsOf));
  const daemons = runningDaemons(host.proc).filter(({ name }) => names.has(name));
  const own = daemons.filter((daemon) => looksIn(daemon, { ...host, hooksDir }));
  return {
    commands: [...new Set(own.map((daemon) => reloadCommand(daemon, host)))],
    elsewhere: daemons.filter((daemon) => !own.includes(daemon)),
  };
}

/** Has one daemon look for hook scripts again. One that systemd did not start is none of its units. */
export function reloadCommand({ name, pid }: Daemon, { proc, systemd }: ReloadPlaces): string {
  const kill = `kill -HUP ${pid}  # ${name}`;
  if (!existsSync(systemd)) return kill;
  try {
    const groups = readFileSync(`${proc}/${pid}/cgroup`, "utf8");
    if (groups.includes(`/system.slice/${name}.service`)) return `systemctl reload ${name}`;
  } catch {
    // it ended meanwhile
  }
  return kill;
}
