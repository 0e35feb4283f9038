import type { Decision } from "./decision.ts";
import { runningOrder, watches } from "./engine.ts";
import { inTime, outOfTime } from "./in-time.ts";
import { type Case, type Judgement, judge } from "./judge.ts";

/** What the policies of a bundle make of an invocation. */
export interface Judgements {
  /** In the bundle's order: of all policies, unless time ran out. */
  readonly judgements: readonly Judgement[];
  /** Where time ran out before every policy ran. */
  readonly error?: NonNullable<Decision["error"]>;
}

/**
 * Has every policy judge, or as many as there is time for.
 *
 * @param settled Judgements that hold already, by their policies' names.
 */
export async function judgeAll(
  subject: Case,
  settled: ReadonlyMap<string, Judgement> = new Map(),
): Promise<Judgements> {
  const { invocation, engine } = subject;
  const judged = new Map(settled);
  const inOrder = (): readonly Judgement[] => engine.manifest.policies.flatMap(({ name }) => judged.get(name) ?? []);
  const order = runningOrder(engine).filter(({ name }) => !settled.has(name));
  const last = order.findLast((policy) => watches(policy, invocation) && !engine.failed.has(policy.name));
  for (const policy of order) {
    const wasReached = engine.deadline?.isOver !== true;
    const judgement = await inTime(() => judge(policy, subject, policy === last), engine.deadline);
    if (judgement === undefined) return { judgements: inOrder(), error: outOfTime(policy.name, wasReached) };
    judged.set(policy.name, judgement);
    const [denial] = judgement.status === 1 ? judgement.findings.filter(({ level }) => level === "deny") : [];
    if (denial !== undefined) engine.onDenial?.(denial);
  }
  return { judgements: inOrder() };
}
