import type { Exemption, ManifestPolicy } from "../bundle/manifest.ts";
import { cutText } from "../hook/cut-text.ts";
import { EVENTS } from "../hook/events.ts";
import type { Invocation } from "../hook/invocation.ts";
import type { PolicyRun } from "../sandbox/run-policy.ts";
import type { Failure, Finding, PolicyOutcome, RunFailure, Status } from "./decision.ts";
import { findExemption, type Subject } from "./exemptions.ts";

/** What a policy's findings and failures come to. */
export interface Weighed {
  readonly outcome: PolicyOutcome["outcome"];
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  /** What the policy alone would make of the event, were it an admission. */
  readonly status: Exclude<Status, 3>;
}

/** What findings are about. */
export interface About {
  readonly invocation: Invocation;
  readonly guest: Subject | undefined;
  /** In milliseconds since 1970. */
  readonly time: number;
}

/**
 * Weighs what a policy found, and how it failed, by its mode, exemptions and `onError`.
 *
 * @param about What it is about: the guest that exemptions are for, and when they have to hold.
 */
export function weigh(
  policy: ManifestPolicy & { readonly mode: Finding["mode"] },
  found: PolicyRun["findings"],
  failures: readonly RunFailure[],
  { invocation, guest, time }: About,
): Weighed {
  const { name, mode } = policy;
  const exemption = findExemption(policy.exempt, guest, new Date(time));
  const binds = mode === "enforce" && exemption === undefined;
  const exempt = exemption === undefined ? {} : { exempt: summary(exemption) };
  const meant = binds && isMeant(policy, invocation) ? ({ whenRunning: "kill" } as const) : {};
  const denies = found.some(({ level }) => level === "deny");
  const refuses = failures.some((failure) => failureRefuses(failure, policy, binds));
  return {
    outcome: denies ? "deny" : failures.length > 0 ? "failed" : found.length > 0 ? "warn" : "allow",
    findings: found.map((each) => ({
      policy: name,
      mode,
      ...each,
      ...exempt,
      ...(each.level === "deny" ? meant : {}),
    })),
    failures: failures.map((failure) => explained(failure, policy, binds)),
    status: denies && binds ? 1 : refuses ? 2 : 0,
  };
}

/** Whether a policy's denials are meant also where they end what runs, at such an event. */
function isMeant({ whenRunning }: ManifestPolicy, { event }: Invocation): boolean {
  return whenRunning === "kill" && EVENTS[event].nonZeroExit === "kills";
}

/** Says of a failure that would refuse, were it not for `onError: allow`, that it is so. */
function explained(failure: RunFailure, policy: ManifestPolicy, binds: boolean): Failure {
  const isCovered = binds && !failureRefuses(failure, policy, binds);
  return { policy: policy.name, ...failure, ...(isCovered ? { onError: "allow" } : {}) };
}

/** A timeout or exhaustion always refuses; an exception only where the policy binds and no `onError: allow` covers it. */
export function failureRefuses(
  { kind }: Pick<RunFailure, "kind">,
  { onError }: Pick<ManifestPolicy, "onError">,
  binds: boolean,
): boolean {
  if (kind === "timeout" || kind === "memory") return true;
  if (kind === "exception" && onError === "allow") return false;
  return binds;
}

/** In UTF-16 units: every finding repeats it. */
const MAX_EXEMPTION = 500;

function summary({ reason, expires }: Exemption): NonNullable<Finding["exempt"]> {
  return { reason: cutText(reason, MAX_EXEMPTION), ...(expires === undefined ? {} : { expires }) };
}
