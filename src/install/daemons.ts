import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Hook } from "./places.ts";

/** A daemon of libvirt's that runs. */
export interface Daemon {
  readonly name: string;
  readonly pid: number;
  /** Whose it is: a session's daemon is its user's, and runs the same hooks. */
  readonly uid: number;
}

/** The daemon of a hook's driver where each driver has its own. */
const DRIVERS: Readonly<Record<Exclude<Hook, "daemon">, string>> = {
  qemu: "virtqemud",
  lxc: "virtlxcd",
  libxl: "virtxend",
  bhyve: "virtbhyved",
  network: "virtnetworkd",
};

/** Those whose drivers have no hook; they still run the hook `daemon`. */
const OTHERS = [
  "virtproxyd",
  "virtinterfaced",
  "virtnodedevd",
  "virtnwfilterd",
  "virtsecretd",
  "virtstoraged",
  "virtvboxd",
  "virtvzd",
  "virtchd",
];

/**
 * The daemons that run a hook: libvirtd, or where each driver has a daemon of its own, that one.
 *
 * @see https://libvirt.org/daemons.html
 */
export function daemonsOf(hook: Hook): readonly string[] {
  return hook === "daemon" ? ["libvirtd", ...Object.values(DRIVERS), ...OTHERS] : ["libvirtd", DRIVERS[hook]];
}

/** The daemons that run on this host, by name and process. Those of a container that this host can see are among them. */
export function runningDaemons(procDir = "/proc"): readonly Daemon[] {
  const names = daemonsOf("daemon");
  const daemons: Daemon[] = [];
  for (const entry of readdirSync(procDir)) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const folder = join(procDir, entry);
      const name = readFileSync(join(folder, "comm"), "utf8").trimEnd();
      if (names.includes(name)) daemons.push({ name, pid: Number(entry), uid: statSync(folder).uid });
    } catch {
      // it ended meanwhile
    }
  }
  return daemons.sort((one, other) => one.name.localeCompare(other.name) || one.pid - other.pid);
}
