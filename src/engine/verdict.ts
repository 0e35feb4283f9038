import { EVENTS, refuses } from "../hook/events.ts";
import type { Invocation } from "../hook/invocation.ts";
import type { Decision, Status } from "./decision.ts";
import type { Judgement } from "./judge.ts";

/**
 * What the event's exit status is. Where a refusal stops an admission, the strictest of all counts. Where it ends what
 * already runs, a denial that is meant so counts, and no failure of anybody's; anywhere else nothing does.
 *
 * @param spares Whether a refusal would hit a guest that already runs.
 */
export function verdict(
  invocation: Invocation,
  judgements: readonly Judgement[],
  error: Decision["error"],
  spares: boolean,
): Status {
  if (spares) return 0;
  if (refuses(invocation.hook, invocation.operation)) return strictest(judgements, error);
  const isMeant = judgements.some(({ findings }) => findings.some(({ whenRunning }) => whenRunning === "kill"));
  return EVENTS[invocation.event].nonZeroExit === "kills" && isMeant ? 1 : 0;
}

/** The status that counts most. */
export function strictest(judgements: readonly Judgement[], error: Decision["error"]): Status {
  if (error !== undefined) return 3;
  const statuses = judgements.map(({ status }) => status);
  return statuses.includes(1) ? 1 : statuses.includes(2) ? 2 : 0;
}
