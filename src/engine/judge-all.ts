import type { ManifestPolicy } from "../bundle/manifest.ts";
import type { Invocation } from "../hook/invocation.ts";
import type { CheckInput } from "../sandbox/run-policy.ts";
import type { Decision } from "./decision.ts";
import type { Subject } from "./exemptions.ts";
import { type Engine, type Judgement, judge } from "./judge.ts";

/** What the policies of a bundle make of an invocation. */
interface Judgements {
  /** In the bundle's order: of all policies, unless time ran out. */
  readonly judgements: readonly Judgement[];
  /** Where time ran out before every policy ran. */
  readonly error?: NonNullable<Decision["error"]>;
}

/** Has every policy judge, or as many as there is time for. */
export async function judgeAll(
  invocation: Invocation,
  guest: Subject | undefined,
  input: CheckInput,
  engine: Engine,
): Promise<Judgements> {
  const { policies } = engine.manifest;
  const judged = new Map<string, Judgement>();
  const inOrder = (): readonly Judgement[] => policies.flatMap(({ name }) => judged.get(name) ?? []);
  for (const policy of runningOrder(policies, engine)) {
    const reached = engine.deadline?.aborted !== true;
    const judgement = reached
      ? await inTime(judge(policy, invocation, guest, input, engine), engine.deadline)
      : undefined;
    if (judgement === undefined) {
      const during = reached ? `, while policy ${policy.name} did` : `; policy ${policy.name} was next`;
      const error = { code: "deadline", message: `out of time before every policy ran${during}` } as const;
      return { judgements: inOrder(), error };
    }
    judged.set(policy.name, judgement);
    const [denial] = judgement.status === 1 ? judgement.findings.filter(({ level }) => level === "deny") : [];
    if (denial !== undefined) engine.onDenial?.(denial);
  }
  return { judgements: inOrder() };
}

/** First what is known already, so that it is said in any case; then the suspect, before others leave anything behind. */
function runningOrder(policies: readonly ManifestPolicy[], engine: Engine): readonly ManifestPolicy[] {
  const { failed, denied = [], suspect } = engine;
  const rank = ({ name }: ManifestPolicy): number => {
    if (failed.has(name)) return 0;
    return denied.includes(name) ? 1 : name === suspect ? 2 : 3;
  };
  return policies.toSorted((a, b) => rank(a) - rank(b));
}

/** What some work gives, unless the signal comes first. */
async function inTime<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (signal === undefined) return work;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const onAbort = (): void => resolve(undefined);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
