import type { HostilePolicy } from "./attempt.ts";
import type { BuiltCollection } from "./build-collection.ts";
import { checkBuild } from "./check-build.ts";
import { checkDecision } from "./check-decision.ts";
import { checkWarm } from "./check-warm.ts";
import { coldCaller, type Judged, judge, type Operation, placeFor } from "./judge-beside-honest.ts";
import type { Collection } from "./read-collection.ts";
import type { Row } from "./table.ts";

/** What became of one hostile policy: where it was hostile while it was built, what that came to is named first. */
export interface Attempt extends Row {
  /** What of `late` is past the deadline and half a second, not just past the policy's own limit and a second. */
  readonly pastDeadline: readonly string[];
}

/** How much later than its limit a policy may be done with, in milliseconds. */
const AFTER_LIMIT = 1000;

/** Evaluators of a decision in which a policy ends the first: that, and the one that runs the rest. */
const USUAL = 2;

/** How much later than the deadline, at worst, in milliseconds. */
const AFTER_DEADLINE = 500;

/**
 * Has a hostile policy judged, without a warm evaluator and by one, and built where it is hostile then, and checks all
 * that it must not get.
 *
 * @param operations What it is judged at.
 */
export async function runAttempt(
  policy: HostilePolicy,
  collection: Collection,
  built: BuiltCollection,
  operations: readonly Operation[] = ["prepare", "migrate"],
): Promise<Attempt> {
  const { limits } = collection.configuration;
  const words: string[] = [];
  const problems: string[] = [];
  const times: number[] = [];
  const late: string[] = [];
  const pastDeadline: string[] = [];
  let peakBytes: number | undefined;
  let answers: readonly string[] = [];
  if (policy.atBuild.length > 0) {
    const build = await checkBuild(policy, collection, built);
    words.push(build.outcome);
    problems.push(...build.problems.map((problem) => `at build: ${problem}`));
    // where bundling or the type check refuses it, that takes its own time; what ended its process was run twice
    if (build.outcome !== "refused") time(build.seconds, build.outcome === "memory" ? 2 : 1);
  }
  if (policy.outcomes.length > 0) {
    const place = await placeFor(policy.name, built);
    const decisions: Judged[] = [];
    for (const operation of operations) decisions.push(await judge(place, coldCaller(place), operation));
    const rule = built.bundle.manifest.policies.find(({ name }) => name === policy.name);
    if (rule === undefined) throw new Error(`Cannot judge ${policy.name}: it is not in the bundle`);
    const outcomes = new Set<string>();
    for (const judged of decisions) {
      const checked = checkDecision(judged, policy, rule, limits);
      outcomes.add(checked.outcome);
      problems.push(...checked.problems.map((problem) => `at ${judged.operation}: ${problem}`));
    }
    words.push([...outcomes].join(" or "));
    for (const { seconds, evaluators } of decisions) {
      // nobody is blamed for memory before it failed alone, so it has its limit once more then
      time(seconds, 1 + Math.max(0, evaluators - USUAL));
    }
    peakBytes = Math.max(...decisions.map((judged) => judged.peakBytes));
    const warm = await checkWarm(policy, place, decisions, { rule, limits });
    answers = warm.answers;
    problems.push(...warm.problems.map((problem) => `by a warm evaluator: ${problem}`));
  }
  const { group, name } = policy;
  const seconds = Math.max(0, ...times);
  return { group, name, outcome: words.join(" / "), seconds, peakBytes, answers, problems, late, pastDeadline };

  /** Notes what one decision or build took, and whether that was too long for a policy that was run so many times. */
  function time(seconds: number, runs: number): void {
    times.push(seconds);
    const ms = seconds * 1000;
    if (ms > limits.deadline + AFTER_DEADLINE) {
      pastDeadline.push(`${seconds.toFixed(2)} s, past the deadline and half a second`);
      late.push(...pastDeadline.slice(-1));
    } else if (ms > runs * (limits.time + AFTER_LIMIT)) {
      late.push(`${seconds.toFixed(2)} s, past its limit and a second`);
    }
  }
}
