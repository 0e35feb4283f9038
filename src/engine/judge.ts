import type { Exemption, Limits, Manifest, ManifestPolicy } from "../bundle/manifest.ts";
import { cutText } from "../hook/cut-text.ts";
import type { Invocation } from "../hook/invocation.ts";
import type { CheckInput, PolicyRun } from "../sandbox/run-policy.ts";
import type { Failure, Finding, PolicyLog, PolicyOutcome, RunFailure, Status } from "./decision.ts";
import { EngineFailure } from "./engine-failure.ts";
import { findExemption, type Subject } from "./exemptions.ts";

/** What a decision needs beside the invocation. */
export interface Engine {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest's text. */
  readonly digest: string;
  /** Runs one policy in the sandbox. */
  readonly run: (policy: ManifestPolicy, input: CheckInput, limits: Limits) => Promise<PolicyRun>;
  /** Policies that already failed in an earlier process of this decision; they are not run again. */
  readonly failed: ReadonlyMap<string, Pick<Failure, "kind" | "message">>;
  /** Whether a refusal would hit a guest that already runs, so that it is only logged. */
  readonly spares: boolean;
  /** The policy that runs first: an earlier process of this decision died while it ran. */
  readonly suspect?: string;
  /** Policies that denied in an earlier process: they run early, so that they deny again whatever comes after them. */
  readonly denied?: readonly string[];
  /** Told a policy's first denial that binds, as soon as it is there. */
  readonly onDenial?: (finding: Finding) => void;
  /** Aborts shortly before the wall ends this process. */
  readonly deadline?: AbortSignal;
  /** Layers of the wall that this host cannot give. */
  readonly skippedLayers?: readonly string[];
}

/** What one policy contributes. */
export interface Judgement {
  readonly outcome: PolicyOutcome;
  readonly findings: readonly Finding[];
  readonly failure?: Failure;
  readonly logs: readonly PolicyLog[];
  /** What the policy alone would make of the event. */
  readonly status: Exclude<Status, 3>;
}

/** Whether a policy is to judge an event. */
export function watches(policy: ManifestPolicy, { event }: Invocation): boolean {
  return policy.mode !== "off" && policy.on.includes(event);
}

/** What a policy contributes that is not to judge. */
export function unwatched({ name, mode }: ManifestPolicy): Judgement {
  const outcome = mode === "off" ? "off" : "not-watching";
  return { outcome: { name, outcome, ms: 0 }, findings: [], logs: [], status: 0 };
}

/** Runs a policy and weighs what it found by its mode, exemptions and `onError`. */
export async function judge(
  policy: ManifestPolicy,
  invocation: Invocation,
  guest: Subject | undefined,
  input: CheckInput,
  engine: Engine,
): Promise<Judgement> {
  if (!watches(policy, invocation) || policy.mode === "off") return unwatched(policy);
  const { name, mode } = policy;
  const started = performance.now();
  const earlier = engine.failed.get(name);
  const run: PolicyRun =
    earlier === undefined ? await runSafely(policy, input, engine) : { findings: [], logs: [], failure: earlier };
  // a policy that ended an earlier process used up its time there
  const ms = earlier?.kind === "timeout" ? engine.manifest.limits.time : round(performance.now() - started);
  const exemption = findExemption(policy.exempt, guest);
  const exempt = exemption === undefined ? {} : { exempt: summary(exemption) };
  const binds = mode === "enforce" && exemption === undefined;
  const denies = run.findings.some((finding) => finding.level === "deny");
  return {
    outcome: { name, outcome: outcomeOf(run, denies), ms },
    findings: run.findings.map((finding) => ({ policy: name, mode, ...finding, ...exempt })),
    ...(run.failure === undefined ? {} : { failure: weigh(run.failure, policy, binds) }),
    logs: run.logs.map((log) => ({ policy: name, ...log })),
    status: denies && binds ? 1 : run.failure !== undefined && failureRefuses(run.failure, policy, binds) ? 2 : 0,
  };
}

/** Runs a policy; whatever of its doing the sandbox cannot cope with is its failure, and hides no other's denial. */
async function runSafely(policy: ManifestPolicy, input: CheckInput, engine: Engine): Promise<PolicyRun> {
  try {
    return await engine.run(policy, input, engine.manifest.limits);
  } catch (error) {
    if (error instanceof EngineFailure) throw error;
    return { findings: [], logs: [], failure: { kind: "invalid", message: "its result could not be read" } };
  }
}

/** Says of a failure that would refuse, were it not for `onError: allow`, that it is so. */
function weigh(failure: RunFailure, policy: ManifestPolicy, binds: boolean): Failure {
  const isCovered = binds && !failureRefuses(failure, policy, binds);
  return { policy: policy.name, ...failure, ...(isCovered ? { onError: "allow" } : {}) };
}

/** In UTF-16 units: every finding repeats it. */
const MAX_EXEMPTION = 500;

function summary({ reason, expires }: Exemption): NonNullable<Finding["exempt"]> {
  return { reason: cutText(reason, MAX_EXEMPTION), ...(expires === undefined ? {} : { expires }) };
}

function outcomeOf(run: PolicyRun, denies: boolean): PolicyOutcome["outcome"] {
  if (denies) return "deny";
  if (run.failure !== undefined) return "failed";
  return run.findings.length > 0 ? "warn" : "allow";
}

/** A timeout or exhaustion always refuses; an exception only where the policy binds and no `onError: allow` covers it. */
function failureRefuses(failure: Pick<Failure, "kind">, policy: ManifestPolicy, binds: boolean): boolean {
  if (failure.kind === "timeout" || failure.kind === "memory") return true;
  if (failure.kind === "exception" && policy.onError === "allow") return false;
  return binds;
}

/** To a hundredth of a millisecond. */
export function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
