import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** How a call of a hook script ended. */
export interface ScriptCall {
  /** Null where a signal ended it, or its time was up. */
  readonly status: number | null;
  readonly stderr: string;
  /** Wall time, in milliseconds. */
  readonly ms: number;
  /** Why it was not even started, or was ended. */
  readonly problem?: string;
}

/** What libvirt passes on of its environment; USER and the like may be whoever's. */
const ENVIRONMENT = {
  LC_ALL: "C",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  HOME: "/root",
  USER: "root",
  LOGNAME: "root",
};

/**
 * Calls a hook script as libvirt does.
 *
 * @param words OBJECT OPERATION SUBOPERATION EXTRA.
 * @param limit When to end it, in milliseconds: libvirt itself would wait for ever.
 * @see virRunScript in libvirt's src/util/virhook.c
 */
export async function callScript(
  script: string,
  words: readonly string[],
  document: string,
  limit: number,
): Promise<ScriptCall> {
  const began = performance.now();
  const child = spawn(script, words, { cwd: "/", env: ENVIRONMENT, detached: true, stdio: ["pipe", "ignore", "pipe"] });
  const said = text(child.stderr).catch(() => "");
  // a script may end without reading what it was given
  child.stdin.on("error", () => {}).end(document);
  let problem: string | undefined;
  const timer = setTimeout(() => {
    problem = `no answer within ${limit / 1000} s`;
    if (child.pid !== undefined) endGroup(child.pid);
    // what left the group may keep that open
    child.stderr.destroy();
  }, limit);
  const status = await new Promise<number | null>((resolve) => {
    child.once("exit", resolve).once("error", (error) => {
      problem ??= error.message;
      resolve(null);
    });
  });
  // like libvirt, which waits for the end of stderr too
  const stderr = await said;
  clearTimeout(timer);
  const ms = Math.round(performance.now() - began);
  return problem === undefined ? { status, stderr, ms } : { status: null, stderr, ms, problem };
}

/** Ends a process with all that is left of its group. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
