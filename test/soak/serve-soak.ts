import { existsSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { readBundle } from "../../src/bundle/read-bundle.ts";
import { ask } from "../../src/service/ask.ts";
import { DEADLINE, LIMITS, POLICIES } from "../chaos/policies.ts";
import { isReady } from "../support/is-ready.ts";
import { build, LAUNCHER, start } from "../support/launcher.ts";
import { commandLine, waitFor } from "../support/process.ts";
import { descendants } from "../support/service-processes.ts";
import { Random } from "./random.ts";
import {
  coldVerdict,
  guestName,
  NAME,
  pickCase,
  recordVerdict,
  type ServeCase,
  type ServeVerdict,
  serveCases,
  wordsOf,
} from "./serve-cases.ts";
import { growthProblems, type Sample, sampleService, sampleTable } from "./serve-samples.ts";

/** What a soak of the warm evaluator is. */
export interface ServeSoakOptions {
  readonly decisions: number;
  /** The same decisions for the same seed. */
  readonly seed: number;
  /** How many at once. */
  readonly jobs: number;
  /** Told after every decision. */
  readonly progress?: (done: number) => void;
}

/** What became of it. */
export interface ServeSoakReport {
  /** Lines for people. */
  readonly lines: readonly string[];
  /** What is wrong; empty where all is well. */
  readonly problems: readonly string[];
}

/** How many samples are taken. */
const SAMPLES = 30;

/** How many different questions there are. */
const CASES = { least: 14, most: 40 };

/** How long the service may take until it answers first, and what a wrong end may take, in milliseconds. */
const PATIENCE = 20_000;

/** How many descriptors the end may have more than the first sample: those of answers under way. */
const DESCRIPTORS = 8;

/** Has a service make many decisions, checks each, and watches what it takes. */
export async function serveSoak({ decisions, seed, jobs, progress }: ServeSoakOptions): Promise<ServeSoakReport> {
  const random = new Random(`serve/${seed}`);
  const { folder, bundle: dir } = await build(POLICIES, LIMITS);
  await chmod(folder, 0o755);
  const bundle = await readBundle(dir);
  const cases = serveCases(random, Math.min(CASES.most, Math.max(CASES.least, Math.floor(decisions / 100))));
  const verdicts = new Map<ServeCase, ServeVerdict>();
  for (const each of cases) verdicts.set(each, await coldVerdict(bundle, each));
  const socket = join(folder, "service/admit.sock");
  const { child, ended } = start(LAUNCHER, ["serve", "--bundle", dir, "--socket", socket]);
  const run = { done: 0, undecided: new Map<string, number>(), problems: [] as string[], samples: [] as Sample[] };
  const keeper = child.pid ?? 0;
  try {
    await waitFor(() => isReady(socket) || undefined, PATIENCE);
    let times: number[] = [];
    const windowSize = Math.max(1, Math.floor(decisions / SAMPLES));
    const queue = Array.from({ length: decisions }, (_, index) => index).values();
    const worker = async () => {
      for (const index of queue) {
        const asked = pickCase(new Random(`serve/${seed}/${index}`), cases);
        const began = performance.now();
        const problem = await decide(asked, index);
        times.push(performance.now() - began);
        if (problem !== undefined)
          run.problems.push(`decision ${index} (${asked.kind} ${asked.operation}): ${problem}`);
        run.done += 1;
        progress?.(run.done);
        if (run.done % windowSize === 0) {
          run.samples.push(sampleService(keeper, run.done, times));
          times = [];
        }
      }
    };
    await Promise.all(Array.from({ length: jobs }, worker));
  } finally {
    const own = descendants(keeper);
    child.kill("SIGTERM");
    const { status, stderr } = await ended;
    if (status !== 0) run.problems.push(`the service ended with status ${status}: ${stderr}`);
    for (const pid of own.filter((each) => commandLine(each).join(" ").includes("/proc/self/fd/6"))) {
      run.problems.push(`a process is left: ${pid} ${commandLine(pid).join(" ")}`);
    }
    if (existsSync(socket)) run.problems.push(`a socket is left: ${socket}`);
  }
  const [first, last] = [run.samples[0], run.samples.at(-1)];
  if (first && last && last.descriptors > first.descriptors + DESCRIPTORS) {
    run.problems.push(`${last.descriptors} descriptors are open at the end instead of ${first.descriptors}`);
  }
  run.problems.push(...growthProblems(run.samples));
  const undecided = [...run.undecided].map(([reason, count]) => `${count} times undecided: ${reason}`);
  return { lines: [...sampleTable(run.samples), `${run.done} decisions`, ...undecided], problems: run.problems };

  /** Asks about a case, and says what is wrong with the answer. */
  async function decide(asked: ServeCase, index: number): Promise<string | undefined> {
    const guest = guestName(asked, index);
    const question = {
      words: wordsOf(asked, guest),
      digest: bundle.digest,
      document: Buffer.from(asked.document.replace(NAME, guest)),
      left: DEADLINE / 10,
    };
    const endsAt = performance.now() + DEADLINE;
    let answer = await ask(socket, question);
    // whoever asks decides itself then; here there is nobody else
    for (; "undecided" in answer; answer = await ask(socket, question)) {
      run.undecided.set(answer.undecided, (run.undecided.get(answer.undecided) ?? 0) + 1);
      if (performance.now() > endsAt) return `undecided: ${answer.undecided}`;
      await sleep(50);
    }
    const [said, wanted] = [recordVerdict(answer.record, guest), verdicts.get(asked)];
    return isDeepStrictEqual(said, wanted) ? undefined : `${JSON.stringify(said)} instead of ${JSON.stringify(wanted)}`;
  }
}
