import { existsSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hookScript } from "../../src/install/hook-script.ts";
import type { Hook } from "../../src/install/places.ts";
import { ask } from "../../src/service/ask.ts";
import { startService } from "../../src/service/start-service.ts";
import { makeFolder } from "./folder.ts";
import { LAUNCHER } from "./launcher.ts";
import { commandLine } from "./process.ts";
import { descendants } from "./service-processes.ts";
import { tap } from "./tap.ts";

/** The client that hosts of every kind have. */
export const CLIENT = "perl";

/** How long an evaluator may take to be ready, in milliseconds. */
const READY = 20_000;

/** A question that no policy is run for. */
const UNWATCHED = {
  words: ["qemu", "nobody", "attach", "begin", "-"],
  digest: "-",
  document: Buffer.from("<domain/>"),
  left: 1000,
};

/** What a killed process may take to be gone, in milliseconds. */
const GONE = 2000;

/** A service for a bundle, in this process, with a place to ask it where its answers are counted. */
export interface Warm {
  /** Where to ask. */
  readonly socket: string;
  /** What it answered about an object, in order: `record`, `undecided REASON`, `nothing`. */
  answersAbout(object: string): string[];
  /** Waits until it can decide at once: what ended an evaluator has another one made ready. */
  untilReady(): Promise<void>;
  /** Ends it; gives what is left of it. */
  stop(): Promise<readonly string[]>;
}

/** Starts a service, and waits until it is ready. */
export async function startWarm(bundleDir: string, evaluators = 1): Promise<Warm> {
  const folder = await makeFolder();
  await chmod(folder, 0o700);
  const inner = join(folder, "service.sock");
  const service = await startService({ bundleDir, socket: inner, evaluators });
  await service.ready;
  const asked = await tap(join(folder, "admit.sock"), inner);
  return {
    socket: asked.socket,
    answersAbout: (object) => asked.answers.filter((each) => each.object === object).map(({ answer }) => answer),
    async untilReady() {
      const end = performance.now() + READY;
      for (let answer = await ask(inner, UNWATCHED); "undecided" in answer; answer = await ask(inner, UNWATCHED)) {
        if (performance.now() > end) throw new Error(`Cannot go on: ${answer.undecided} for ${READY} ms`);
        await sleep(20);
      }
    },
    async stop() {
      const own = [service.listenerPid, ...service.evaluatorPids].flatMap((pid) => pid ?? []).flatMap(descendants);
      await service.stop();
      await asked.stop();
      const left = () => own.filter((pid) => commandLine(pid).join("").includes("/proc/self/fd/6"));
      for (const end = performance.now() + GONE; left().length > 0 && performance.now() < end; ) await sleep(10);
      return [
        ...left().map((pid) => `a process of the service is left: ${commandLine(pid).join(" ")}`),
        ...(existsSync(inner) ? [`the service's socket is left: ${inner}`] : []),
      ];
    },
  };
}

/** The text of a hook's installed script that asks a service. */
export function warmScript(hook: Hook, bundle: string, socket: string, launcher: string = LAUNCHER): string {
  return hookScript({ hook, launcher, bundle, made: [], warm: { socket, client: CLIENT } });
}
