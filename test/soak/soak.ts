import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { makeFolder } from "../support/folder.ts";
import { buildPool, bundleOf } from "./bundles.ts";
import { check } from "./check.ts";
import { BATCH, type Batch, compose, TAG, type Trial } from "./compose.ts";
import { decideByHook } from "./decide-by-hook.ts";
import { decideInProcess } from "./decide-in-process.ts";
import { DecisionLog } from "./decision-log.ts";
import { type Expected, expect } from "./expect.ts";
import { Resources } from "./resources.ts";
import { Tally } from "./tally.ts";
import type { Verdict } from "./verdict.ts";

/** What a soak is. */
export interface SoakOptions {
  /** How many decisions: whole batches of {@link BATCH}. */
  readonly decisions: number;
  /** The same decisions for the same seed. */
  readonly seed: number;
  /** The first decision's index; a batch's start. */
  readonly from: number;
  /** How many at once. */
  readonly jobs: number;
  /** Told after every decision. */
  readonly progress?: (done: number) => void;
}

/** Makes many random decisions, half of them by the hook and half in this process, and checks each. */
export async function soak({ decisions, seed, from, jobs, progress }: SoakOptions): Promise<Tally> {
  const folder = await makeFolder();
  const pool = await buildPool();
  const log = new DecisionLog(join(folder, "decisions.log"));
  const resources = new Resources(TAG);
  const tally = new Tally(seed);
  const indices = Array.from({ length: Math.ceil(decisions / BATCH) }, (_, index) => from / BATCH + index).values();
  const worker = async (number: number) => {
    const dir = join(folder, `bundle-${number}`);
    await mkdir(dir);
    for (const index of indices) {
      const batch = compose(seed, index);
      const bundle = bundleOf(pool, batch.members, log.file);
      // over the one before it, as on a host
      await writeBundle(bundle, dir);
      for (const trial of batch.trials) {
        await decideAndCheck(trial, batch, { bundle, dir, log, tally });
        progress?.(tally.decisions);
      }
      resources.sample();
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, number) => worker(number)));
  tally.resources = resources.summary();
  for (const problem of await resources.problems()) tally.wrong(problem);
  for (const problem of await log.problems(tally.logged)) tally.wrong(`in the decision log, ${problem}`);
  return tally;
}

interface Place {
  readonly bundle: Bundle;
  readonly dir: string;
  readonly log: DecisionLog;
  readonly tally: Tally;
}

async function decideAndCheck(trial: Trial, batch: Batch, { bundle, dir, log, tally }: Place): Promise<void> {
  const expected: Expected = expect(trial, batch);
  const started = performance.now();
  let verdict: Verdict;
  try {
    verdict = await (trial.way === "hook" ? decideByHook(trial, dir, log) : decideInProcess(trial, bundle));
  } catch (error) {
    verdict = { status: null, decision: undefined, problems: [(error as Error).message] };
  }
  tally.add(trial, batch, expected, verdict, check(verdict, expected), performance.now() - started);
}
