import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnosis } from "../../src/doctor/diagnose.ts";
import { HOST, type Places } from "../../src/doctor/places.ts";
import type { Row } from "../../src/doctor/row.ts";
import { type HookScript, hookScript } from "../../src/install/hook-script.ts";
import { type Hook, scriptPath } from "../../src/install/places.ts";
import { makeFolder } from "../support/folder.ts";
import { LAUNCHER } from "../support/launcher.ts";

/** The process of the host's libvirtd. */
export const PID = 4242;

/** Makes the places of a host: nothing is installed, and nobody runs. */
export async function makeHost(bundle = "/nowhere/bundle", config = "/nowhere/virt-warden.yaml"): Promise<Places> {
  const folder = await makeFolder({
    "hooks/readme": "",
    "proc/uptime": "",
    "sys/none": "",
    "systemd/none": "",
    passwd: "root:x:0:0:root:/root:/bin/sh\n",
  });
  const place = (name: string): string => join(folder, name);
  return {
    ...HOST,
    hooksDir: place("hooks"),
    bundle,
    config,
    stamps: place("stamps"),
    systemd: place("systemd"),
    proc: place("proc"),
    sys: place("sys"),
    passwd: place("passwd"),
    logrotate: [place("logrotate.d")],
  };
}

/** Writes a hook's script as install does, or one that differs. */
export function installScript(places: Places, hook: Hook, change: Partial<HookScript> = {}): string {
  const script = { hook, launcher: LAUNCHER, bundle: places.bundle, made: [], ...change };
  return writeProgram(scriptPath(places.hooksDir, hook, true), hookScript(script));
}

/** Writes an executable file, with the folders above. */
export function writeProgram(file: string, text: string): string {
  writeText(file, text);
  chmodSync(file, 0o755);
  return file;
}

export function writeText(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Has a daemon run that looks for hooks in the host's folder, or in another one. */
export function startDaemon(
  { proc, daemonHooks, hooksDir }: Places,
  name = "libvirtd",
  pid = PID,
  hooks = hooksDir,
): void {
  writeText(join(proc, `${pid}`, "comm"), `${name}\n`);
  writeText(join(proc, `${pid}`, "cgroup"), `0::/system.slice/${name}.service\n`);
  const place = join(proc, `${pid}`, "root", daemonHooks);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(hooks, place);
}

/** Leaves a daemon's stamp, as the script of the hook `daemon` does. */
export function stamp({ stamps }: Places, name = "libvirtd", pid = PID, operation = "start"): string {
  return writeText(join(stamps, name), `${operation} ${pid}\n`);
}

/** What is wrong, each as `check: detail` and its mend. */
export function faultsOf({ checks }: Pick<Diagnosis, "checks">): readonly (readonly [string, string | undefined])[] {
  return checks
    .filter(({ status }) => status === "fault")
    .map(({ check, detail, mend }) => [`${check}: ${detail}`, mend]);
}

/** Each row's status. */
export function statuses(rows: readonly Row[]): readonly string[] {
  return rows.map(({ status }) => status);
}
