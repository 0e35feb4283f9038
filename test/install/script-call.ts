import { spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hookScript } from "../../src/install/hook-script.ts";
import { HOOKS, type Hook } from "../../src/install/places.ts";
import { makeFolder } from "../support/folder.ts";

/** The shells that a host's /bin/sh may be. */
export const SHELLS: readonly (readonly string[])[] = [["dash"], ["bash", "--posix"]];

/** What a launch file says when it is whole. */
export function launchText(watch: string, guests = ""): string {
  return `virt-warden-bundle 2
digest ${"ab".repeat(32)}
deadline 1000
data 1
log /var/log/x
${`watch ${watch}`.trimEnd()}
${`guests ${guests}`.trimEnd()}
kill
rewrite
end
`;
}

/** Scripts with a launcher and a bundle of a test's own. */
export interface Scripts {
  readonly folder: string;
  /** Where the launcher is. */
  readonly launcher: string;
  /** Writes another launcher: the body of a shell script. */
  setLauncher(body: string): Promise<void>;
  /** Writes the bundle's launch file. */
  setLaunch(text: string): Promise<void>;
  script(hook: Hook): string;
}

/** Writes a script for each hook; the bundle has no launch file yet, and so each call goes to the launcher. */
export async function makeScripts(launcherPath?: string): Promise<Scripts> {
  const folder = await makeFolder();
  const bundle = join(folder, "the bundle");
  const launcher = launcherPath ?? join(folder, "it's the launcher");
  await mkdir(join(bundle, "current"), { recursive: true });
  const script = (hook: Hook): string => join(folder, `script-${hook}`);
  for (const hook of HOOKS) await writeFile(script(hook), hookScript({ hook, launcher, bundle, made: [] }));
  return {
    folder,
    launcher,
    script,
    async setLauncher(body) {
      await writeFile(launcher, `#!/bin/sh\n${body}\n`);
      await chmod(launcher, 0o755);
    },
    setLaunch: (text) => writeFile(join(bundle, "current/launch"), text),
  };
}

/** How a script ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script as libvirt does, by a shell of the test's choice. */
export function call(shell: readonly string[], script: string, words: readonly string[], input = ""): Ended {
  const [program = "sh", ...options] = shell;
  const { status, stdout, stderr } = spawnSync(program, [...options, script, ...words], {
    input,
    encoding: "utf8",
    maxBuffer: 16 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}
