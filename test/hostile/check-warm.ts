import type { Limits, ManifestPolicy } from "../../src/bundle/manifest.ts";
import type { HostilePolicy } from "./attempt.ts";
import { checkDecision } from "./check-decision.ts";
import { outcomeOf, readLogLine } from "./decision-log.ts";
import { BY_CHANCE, ENDS_PROCESS, GOES_COLD } from "./goes-cold.ts";
import type { Judged, Place } from "./judge-beside-honest.ts";
import { differences, judgeWarm } from "./judge-warm.ts";

/** What `checkDecision` says where no process was seen at work. */
const UNMEASURED = "no process was measured";

/** What came of asking a warm evaluator as well. */
export interface WarmChecked {
  /** What it answered to each call. */
  readonly answers: readonly string[];
  /** What is wrong; empty where all is as without it. */
  readonly problems: readonly string[];
  /** Whether it left something undecided that it should have decided. */
  readonly isUndecided: boolean;
}

type Checking = Parameters<typeof checkOnce>;

/** Checks once more where something was left undecided: on a busy host any decision may be. */
export async function checkWarm(...checking: Checking): Promise<WarmChecked> {
  const first = await checkOnce(...checking);
  return first.isUndecided ? checkOnce(...checking) : first;
}

/**
 * Has a warm evaluator with the same bundle judge what was judged without one, and checks that nothing is different, and
 * that it did decide.
 *
 * @param cold What was judged without it.
 */
async function checkOnce(
  policy: HostilePolicy,
  place: Place,
  cold: readonly Judged[],
  { rule, limits }: { readonly rule: ManifestPolicy; readonly limits: Limits },
): Promise<WarmChecked> {
  const name = `${policy.group}/${policy.name}`;
  // one half each: by its name, so that it is the same half every time
  const { judged, answers, left } = await judgeWarm(place, cold, name.length % 2 === 0);
  const problems = [...left];
  for (const [index, warm] of judged.entries()) {
    const before = cold[index];
    if (before === undefined) throw new Error(`Cannot compare ${name}: it was judged once more by a warm evaluator`);
    const at = (problem: string) => `at ${warm.operation}: ${problem}`;
    const found = checkDecision(warm, policy, rule, limits).problems;
    // one that was there before the call, and only for moments busy, may be missed
    problems.push(...found.filter((problem) => problem !== UNMEASURED).map(at));
    if (!BY_CHANCE.includes(name) && !isByChance(policy, before, warm))
      problems.push(...differences(before, warm).map(at));
  }
  if (answers.length !== cold.length) problems.push(`it was asked ${answers.length} times instead of ${cold.length}`);
  const isExpected = (answer: string) =>
    ENDS_PROCESS.includes(policy.group) && /^undecided the evaluator (is gone|stands still)/.test(answer);
  const undecided = answers.filter((answer) => answer !== "record" && !isExpected(answer));
  const isUndecided = undecided.length > 0 && GOES_COLD[name] === undefined;
  if (isUndecided) problems.push(`it did not decide: ${undecided.join("; ")}`);
  return { answers, problems, isUndecided };
}

/** Whether V8 has decided two decisions by chance, so that they came to different ones of the outcomes that may be. */
function isByChance({ name, outcomes }: HostilePolicy, cold: Judged, warm: Judged): boolean {
  if (outcomes.length < 2) return false;
  try {
    return outcomeOf(readLogLine(cold.log), name) !== outcomeOf(readLogLine(warm.log), name);
  } catch {
    // a log that is not one line is no chance
    return false;
  }
}
