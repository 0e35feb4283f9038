import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hookScript } from "../../src/install/hook-script.ts";
import { type Hook, isHook, scriptPath } from "../../src/install/places.ts";
import { makeFolder } from "../support/folder.ts";
import { type Ended, LAUNCHER, start } from "../support/launcher.ts";
import { EVENT_CALLS, type HookCall } from "./calls.ts";
import { documentText } from "./documents.ts";

const DAEMON = fileURLToPath(new URL("daemon.sh", import.meta.url));

/** The PATH that systemd gives its services. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** A call with the hook and the operation that it is for. */
export interface ReplayedCall extends HookCall {
  readonly hook: string;
  readonly operation: string;
}

/** A host's hooks and what their daemons leave in `/run`, without any libvirt. */
export interface ReplayHost {
  /** Where a file of its `/run` lies. */
  at(path: string): string;
  /**
   * Has a daemon of this name run scripts one after the other.
   *
   * @returns How each ended, and the daemon's process id as the scripts saw it.
   */
  replay(
    daemon: string,
    calls: readonly ReplayedCall[],
  ): Promise<{ readonly pid: number; readonly ended: readonly Ended[] }>;
}

/**
 * Installs all hooks' scripts for a bundle in a folder of the test's own; needs root.
 *
 * @param write Writes the text of a hook's script.
 */
export async function makeReplayHost(
  bundle: string,
  launcher = LAUNCHER,
  write: (hook: Hook) => string = (hook) => hookScript({ hook, launcher, bundle, made: [] }),
): Promise<ReplayHost> {
  const folder = await makeFolder();
  const run = join(folder, "run");
  mkdirSync(run);
  const hooks = join(folder, "hooks");
  for (const hook of new Set(EVENT_CALLS.map((call) => call.hook))) {
    if (!isHook(hook)) throw new Error(`Cannot install a script for ${hook}: libvirt has no such hook`);
    mkdirSync(join(hooks, `${hook}.d`), { recursive: true });
    writeFileSync(scriptPath(hooks, hook, true), write(hook), { mode: 0o755 });
  }
  let replays = 0;
  return {
    at: (path) => join(run, path),
    async replay(daemon, list) {
      replays += 1;
      const results = join(folder, String(replays));
      mkdirSync(results);
      const program = join(results, daemon);
      symlinkSync("/bin/sh", program);
      const words = list.flatMap((call) => [
        documentOf(call, results),
        scriptPath(hooks, call.hook, true),
        ...[call.object, call.operation, call.suboperation, call.extra],
      ]);
      const options = { env: { PATH } };
      const { status, stderr } = await start(
        "unshare",
        ["--mount", program, DAEMON, run, results, ...words],
        "",
        options,
      ).ended;
      if (status !== 0) throw new Error(`Cannot replay calls of ${daemon}: ${stderr}`);
      const read = (name: string) => readFileSync(join(results, name), "utf8");
      return {
        pid: Number(read("pid")),
        ended: list.map((_, index) => ({
          status: Number(read(`${index + 1}/status`)),
          stdout: read(`${index + 1}/stdout`),
          stderr: read(`${index + 1}/stderr`),
        })),
      };
    },
  };
}

/** Writes what a call's script shall read. */
function documentOf({ document, secrets }: HookCall, folder: string): string {
  if (document === undefined) return "-";
  const path = join(folder, `${document}${secrets ? "-with-passwords" : ""}.xml`);
  writeFileSync(path, documentText(document, secrets));
  return path;
}
