import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";

/** A version of libvirt's. */
export interface LibvirtVersion {
  /** As libvirt writes it: `9.0.0`. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** The daemons first: a host may have a client of another version. */
const PROGRAMS = ["libvirtd", "virtqemud", "virtlxcd", "virtxend", "virtbhyved", "virtnetworkd", "virsh"];

/** Where daemons lie, also where an administrator's PATH does not name it. */
const MORE_FOLDERS = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/sbin", "/bin"];

/** In milliseconds; a program that says its version does nothing else. */
const PATIENCE = 10_000;

/**
 * The version of the libvirt on this host, as its programs tell; no daemon is asked.
 *
 * @returns `undefined` where there is none, or none that says it.
 */
export function libvirtVersion(): LibvirtVersion | undefined {
  const path = (process.env.PATH ?? "").split(":").filter((folder) => folder.startsWith("/"));
  for (const program of PROGRAMS) {
    const file = [...path, ...MORE_FOLDERS].map((folder) => join(folder, program)).find(isProgram);
    if (file === undefined) continue;
    const { stdout } = spawnSync(file, ["--version"], { encoding: "utf8", timeout: PATIENCE, killSignal: "SIGKILL" });
    const version = parseVersion(stdout ?? "");
    if (version !== undefined) return version;
  }
  return undefined;
}

/**
 * Whether libvirt runs all scripts of `<hook>.d`, as it does since 6.5.0; one of unknown version is taken for a newer one.
 *
 * @see https://libvirt.org/hooks.html
 */
export function hasHookFolders(version: LibvirtVersion | undefined): boolean {
  return version === undefined || version.major > 6 || (version.major === 6 && version.minor >= 5);
}

/** Reads `libvirtd (libvirt) 9.0.0`, and `9.0.0` alone. */
function parseVersion(said: string): LibvirtVersion | undefined {
  const [, text, major, minor] = /(?:^|\s)((\d+)\.(\d+)\.\d+)\s*$/.exec(said) ?? [];
  return text === undefined ? undefined : { text, major: Number(major), minor: Number(minor) };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
