import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../soak/random.ts";
import { build } from "../support/launcher.ts";
import { ChaosRun } from "./chaos-run.ts";
import { coldVerdicts } from "./cold-verdicts.ts";
import { type ChaosGuest, guestOf } from "./guest.ts";
import { HookCalls } from "./hook-calls.ts";
import { Killer, processes } from "./killer.ts";
import { left } from "./left.ts";
import { KINDS, LIMITS, POLICIES } from "./policies.ts";
import { scriptFor } from "./script-for.ts";
import { ServeProcess } from "./serve-process.ts";

/** What a run is. */
export interface ChaosOptions {
  /** How many guests are started. */
  readonly starts: number;
  /** The same guests for the same seed, and the same victims as far as they live just then. */
  readonly seed: number;
  /** How many guests are started at once. */
  readonly jobs: number;
  /** Told after every guest. */
  readonly progress?: (done: number) => void;
}

/** What became of it. */
export interface ChaosReport {
  /** Lines for people. */
  readonly lines: readonly string[];
  /** What is wrong; empty where all is well. */
  readonly problems: readonly string[];
}

/** How long the service may take to answer again after the last kill, in milliseconds. */
const BACK = 20_000;

const SOCKET = "/run/virt-warden/admit.sock";
const TAG = "chaos";

/** Starts guests while a service and those who ask it are killed at random; in namespaces of its own, see `enter.sh`. */
export async function chaos({ starts, seed, jobs, progress }: ChaosOptions): Promise<ChaosReport> {
  const random = new Random(`chaos/${seed}`);
  const { folder, bundle, log } = await build(POLICIES, LIMITS);
  const before = new Set(processes());
  const cold = new HookCalls(join(folder, "cold"), (launcher) => scriptFor(launcher, bundle), log);
  const verdicts = await coldVerdicts(cold, TAG);
  const service = new ServeProcess(bundle, SOCKET);
  const warm = new HookCalls(join(folder, "warm"), (launcher) => scriptFor(launcher, bundle, SOCKET), log);
  const probe = new HookCalls(join(folder, "probe"), (launcher) => scriptFor(launcher, bundle, SOCKET), log);
  const killer = new Killer(new Random(`kills/${seed}`), service.pid, SOCKET);
  const run = new ChaosRun(warm, verdicts, () => killer.ended());
  try {
    const first = await untilWarm(probe, guestOf("plain", starts, TAG));
    if (first === undefined)
      throw new Error(`Cannot begin: no answer of the service within ${BACK} ms: ${service.said}`);
    const guests = Array.from({ length: starts }, (_, index) => guestOf(random.pick(KINDS), index, TAG));
    const queue = guests.values();
    const worker = async () => {
      for (const guest of queue) {
        await run.startAndEnd(guest);
        progress?.(run.guests.length);
      }
    };
    let isOver = false;
    const killing = killer.run(() => isOver);
    await Promise.all(Array.from({ length: jobs }, worker));
    isOver = true;
    await killing;
    const back = await untilWarm(probe, guestOf("plain", starts + 1, TAG));
    if (back === undefined)
      run.wrong(`the service did not answer within ${BACK} ms after the last kill: ${service.said}`);
    run.checkLog();
    const kills = [...killer.kills].map(([victim, count]) => `${count} ${victim}`).sort();
    run.say(`killed: ${kills.join(", ")}; the service was started again ${service.restarts} times`);
    if (back !== undefined) run.say(`answered again ${(back / 1000).toFixed(1)} s after the last kill`);
  } finally {
    const status = await service.stop();
    if (status !== 0) run.wrong(`the service ended with status ${status} when it was asked to: ${service.said}`);
  }
  for (const problem of await left(before)) run.wrong(problem);
  return { lines: run.lines(), problems: run.problems };
}

/** Calls a hook until the service answers it; gives how long that took, in milliseconds. */
async function untilWarm(calls: HookCalls, guest: ChaosGuest): Promise<number | undefined> {
  const began = performance.now();
  while (performance.now() - began < BACK) {
    const { cold } = calls.launched();
    if (existsSync(SOCKET)) {
      await calls.call(guest, "release");
      if (calls.launched().cold === cold) return performance.now() - began;
    }
    await sleep(50);
  }
  return undefined;
}
