import type { ManifestPolicy } from "../bundle/manifest.ts";
import type { Invocation } from "../hook/invocation.ts";
import { now } from "../now.ts";
import type { PolicyRun } from "../sandbox/run-policy.ts";
import type { PolicyLog, PolicyOutcome, RunFailure } from "./decision.ts";
import { type Engine, watches } from "./engine.ts";
import type { Subject } from "./exemptions.ts";
import { hideSecrets, type KeptSecrets, secretsKnownTo } from "./hide-secrets.ts";
import type { PolicyInputs } from "./policy-inputs.ts";
import { round } from "./round.ts";
import { safely } from "./safely.ts";
import { type Weighed, weigh } from "./weigh.ts";

/** What policies judge. */
export interface Case extends KeptSecrets {
  readonly invocation: Invocation;
  /** The guest that exemptions are for, as the document had it when it came: rewriting exempts nobody. */
  readonly guest: Subject | undefined;
  readonly inputs: PolicyInputs;
  /** When it is decided, in milliseconds since 1970. */
  readonly time: number;
  /** What became of policies' rewriting, by their names. */
  readonly rewritings: ReadonlyMap<string, Rewriting>;
  readonly engine: Engine;
}

/** What is left of a policy's rewriting beside its edits. */
export interface Rewriting {
  readonly logs: PolicyRun["logs"];
  readonly failure?: RunFailure;
  readonly ms: number;
}

/** What one policy contributes; its failures are those of its rewriting, then of its check. */
export interface Judgement extends Omit<Weighed, "outcome"> {
  readonly outcome: PolicyOutcome;
  readonly logs: readonly PolicyLog[];
}

/** What a policy contributes that is not to judge. */
export function unwatched({ name, mode }: ManifestPolicy): Judgement {
  const outcome = mode === "off" ? "off" : "not-watching";
  return { outcome: { name, outcome, ms: 0 }, findings: [], failures: [], logs: [], status: 0 };
}

/**
 * Runs a policy and weighs what it found.
 *
 * @param isLast Whether no other policy is run after this one.
 */
export async function judge(policy: ManifestPolicy, subject: Case, isLast: boolean): Promise<Judgement> {
  const { invocation, guest, rewritings, time, engine } = subject;
  const { name, mode } = policy;
  if (!watches(policy, invocation) || mode === "off") return unwatched(policy);
  const started = now();
  const earlier = engine.failed.get(name);
  const run: PolicyRun =
    earlier === undefined ? await check(policy, subject, isLast) : { findings: [], logs: [], failure: earlier };
  const rewriting = rewritings.get(name);
  // a policy that ended an earlier process used up its time there
  const took = earlier?.kind === "timeout" ? engine.manifest.limits.time : (run.ms ?? now() - started);
  const failures = [rewriting?.failure ?? [], run.failure ?? []].flat();
  const { outcome, ...weighed } = weigh({ ...policy, mode }, run.findings, failures, { invocation, guest, time });
  return {
    outcome: { name, outcome, ms: round(took + (rewriting?.ms ?? 0)) },
    ...weighed,
    logs: [...(rewriting?.logs ?? []), ...run.logs].map((log) => ({ policy: name, ...log })),
  };
}

async function check(policy: ManifestPolicy, subject: Case, isLast: boolean): Promise<PolicyRun> {
  const { inputs, engine } = subject;
  const input = inputs(policy);
  const run = await safely<PolicyRun>(
    async () => {
      const { findings, logs, failure, ms } = await engine.run(policy, input, engine.manifest.limits, isLast);
      return { findings, logs, ...(failure && { failure }), ...(ms !== undefined && { ms }) };
    },
    { findings: [], logs: [], failure: { kind: "invalid", message: "its result could not be read" } },
  );
  return hideSecrets(run, secretsKnownTo(policy, subject));
}
