import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { BenchError } from "./bench-error.ts";

/** How a program ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program to run: its words, and what it reads. */
export interface Program {
  readonly words: readonly string[];
  readonly stdin?: string;
}

/**
 * Runs a program to its end, in a process group of its own, of which nobody is left then; where the bench is stopped, all of it is.
 *
 * @throws where it cannot be started, and where the bench is stopped.
 */
export async function run({ words, stdin = "" }: Program, signal: AbortSignal): Promise<Ended> {
  signal.throwIfAborted();
  const [program = "", ...rest] = words;
  const child = spawn(program, rest, { detached: true, stdio: "pipe" });
  const stop = (): void => {
    endGroup(child.pid, "SIGTERM");
  };
  signal.addEventListener("abort", stop, { once: true });
  // it may end without reading
  child.stdin.on("error", () => {});
  child.stdin.end(stdin);
  try {
    const ended = new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject));
    const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    signal.throwIfAborted();
    return { status, stdout, stderr };
  } finally {
    signal.removeEventListener("abort", stop);
    // somebody may still wait for a reader
    stop();
    if (child.exitCode !== 0) await untilGone(child.pid);
  }
}

/**
 * Runs a program that has to succeed.
 *
 * @throws {BenchError} with what it said, where its status is not 0.
 */
export async function runWell(program: Program, signal: AbortSignal): Promise<Ended> {
  const ended = await run(program, signal);
  if (ended.status === 0) return ended;
  const said = ended.stderr.trim() || ended.stdout.trim();
  throw new BenchError(`cannot run ${program.words.join(" ")}: it ended with status ${ended.status}: ${said}`);
}

/** Waits for those whom a program left behind when it failed or was stopped, such as hooks: they may still write. */
async function untilGone(pid: number | undefined): Promise<void> {
  const begun = Date.now();
  while (endGroup(pid, Date.now() - begun < 5000 ? "SIGTERM" : "SIGKILL") && Date.now() - begun < 6000) await sleep(20);
}

/**
 * Ends a process and its group.
 *
 * @returns whether there was anybody.
 */
export function endGroup(pid: number | undefined, signal: NodeJS.Signals): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal);
  } catch {
    // it has ended already
    return false;
  }
}
