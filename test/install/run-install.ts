import { spawnSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, LAUNCHER } from "../support/launcher.ts";

/** What a command answered, its lines apart. */
export interface Said {
  readonly status: number | null;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
}

/** A host's libvirt of a test's own: a program of this version on PATH. */
export async function makeLibvirt(version: string): Promise<string> {
  const folder = await makeFolder({ libvirtd: `#!/bin/sh\necho "libvirtd (libvirt) ${version}"\n` });
  await chmod(join(folder, "libvirtd"), 0o755);
  return folder;
}

/** Runs a command with such a libvirt. */
export function runWith(libvirt: string, ...words: readonly string[]): Said {
  return say(libvirt, LAUNCHER, words);
}

/** Runs a command in a shell's script that has mounts of its own: its first word is a folder, then comes the command. */
export function runIn(libvirt: string, script: string, folder: string, words: readonly string[]): Said {
  return say(libvirt, "unshare", ["--mount", "sh", "-c", script, "sh", folder, LAUNCHER, ...words]);
}

function say(libvirt: string, program: string, words: readonly string[]): Said {
  const env = { ...process.env, PATH: `${libvirt}:${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8", env, cwd: "/" });
  const lines = (text: string): string[] => text.split("\n").slice(0, -1);
  return { status, stdout: lines(stdout), stderr: lines(stderr) };
}

/** The words of `install` for a bundle and a folder of hooks. */
export function installWords(
  { bundle }: Pick<Built, "bundle">,
  hooksDir: string,
  ...more: readonly string[]
): string[] {
  return ["install", "--bundle", bundle, "--hooks-dir", hooksDir, ...more];
}

/** A bundle whose only policy watches these events and has this check, of `object` and `deny`; without, one that allows all. */
export function buildWatching(on: readonly string[], check = ""): Promise<Built> {
  return build({ only: policyOn(on, check) });
}

/** Builds the bundle anew, for other events. */
export async function rebuild(
  { folder, bundle, config }: Built,
  on: readonly string[],
  ...more: string[]
): Promise<Said> {
  await writeFile(join(folder, "policies/only.ts"), policyOn(on, ""));
  return runWith("/nowhere", "build", "--config", config, "--out", bundle, ...more);
}

function policyOn(on: readonly string[], check: string): string {
  const body = check === "" ? "check() {}" : `check({ object, deny }) { ${check} }`;
  return `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "only", on: ${JSON.stringify(on)}, ${body} });\n`;
}
