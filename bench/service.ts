import { type ChildProcess, spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type ServiceState, stateFileOf } from "../src/service/state-file.ts";
import { BenchError } from "./bench-error.ts";
import { LAUNCHER, type Lab, type Site } from "./lab.ts";
import { peakOfTree } from "./memory.ts";
import { endGroup } from "./run.ts";

/** How long a service may take to be ready, and to end, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Runs a site's warm evaluator while something is measured, and ends it afterwards, whatever happens.
 *
 * @returns what was measured, and the peak memory of the service's processes together, in bytes.
 * @throws {BenchError} where the service does not come up, or ends too early.
 */
export async function withService<Result>(
  { bundle, socket }: Site,
  { signal, progress }: Lab,
  measured: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly peak: number }> {
  signal.throwIfAborted();
  progress("starting the warm evaluator");
  // one that was killed leaves its own
  await rm(stateFileOf(socket), { force: true });
  const child = spawn(LAUNCHER, ["serve", "--bundle", bundle, "--socket", socket], {
    // not in our group: a Ctrl-C in the terminal is for us, and we end it
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const { pid = 0 } = child;
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-2000);
  });
  const endAtExit = (): void => {
    endGroup(pid, "SIGKILL");
  };
  process.once("exit", endAtExit);
  try {
    await untilReady(child, socket, signal).catch((error: unknown) => {
      throw error instanceof BenchError ? new BenchError(`${error.message}: ${said.trim()}`) : error;
    });
    const result = await measured();
    if (hasEnded(child)) throw new BenchError(`virt-warden serve ended while it was measured: ${said.trim()}`);
    return { result, peak: peakOfTree(pid) };
  } finally {
    await end(child);
    process.off("exit", endAtExit);
  }
}

/** Waits until the service says that it decides, which it does once its evaluators are warm. */
async function untilReady(child: ChildProcess, socket: string, signal: AbortSignal): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new BenchError("virt-warden serve ended before it was ready")));
  });
  const ready = async (): Promise<void> => {
    const patience = AbortSignal.timeout(PATIENCE);
    while (!(await isReady(socket))) {
      signal.throwIfAborted();
      if (patience.aborted) throw new BenchError(`virt-warden serve was not ready within ${PATIENCE / 1000} s`);
      await sleep(50);
    }
  };
  await Promise.race([ready(), failed]);
}

async function isReady(socket: string): Promise<boolean> {
  try {
    return (JSON.parse(await readFile(stateFileOf(socket), "utf8")) as Partial<ServiceState>).ready === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // it alone: it ends its processes itself, once they have ended what they do
  child.kill("SIGTERM");
  const timer = setTimeout(() => endGroup(child.pid, "SIGKILL"), PATIENCE / 6);
  await ended;
  clearTimeout(timer);
  endGroup(child.pid, "SIGKILL");
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
