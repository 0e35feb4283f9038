import type { ManifestPolicy } from "../bundle/manifest.ts";
import type { RunFailure } from "./decision.ts";
import { Scrubber } from "./scrubber.ts";

/** What a policy's run tells. */
interface Told {
  readonly findings?: readonly object[];
  readonly logs: readonly object[];
  readonly failure?: RunFailure;
}

/** The secrets about which policies are asked. */
export interface KeptSecrets {
  readonly secrets: Scrubber;
  /** Whether they may stand anywhere in what policies judge: one that sees them changed it. */
  readonly areSpread: boolean;
}

/** What the policy itself wrote, of a finding, a message or a failure. */
const WRITTEN: ReadonlySet<string> = new Set(["reason", "at", "message", "fields", "stack"]);

const NONE = new Scrubber([]);

/** Hides the secrets that a policy could tell: none, unless it could see their texts. */
export function secretsKnownTo(
  { needs }: Pick<ManifestPolicy, "needs">,
  { secrets, areSpread }: KeptSecrets,
): Scrubber {
  return areSpread || needs.includes("secrets") ? secrets : NONE;
}

/**
 * What a policy's run tells, without secrets. Only what the policy wrote is looked at: whoever chooses a password may
 * choose `deny`, and that makes nothing else of a denial.
 *
 * @param known Hides those that the policy could tell.
 */
export function hideSecrets<T extends Told>(run: T, known: Scrubber): T {
  if (known.isIdle) return run;
  const hide = <E extends object>(told: E): E => {
    const entries = Object.entries(told).map(([key, value]) => [key, WRITTEN.has(key) ? known.scrub(value) : value]);
    return Object.fromEntries(entries) as E;
  };
  return {
    ...run,
    ...(run.findings && { findings: run.findings.map(hide) }),
    logs: run.logs.map(hide),
    ...(run.failure && { failure: hide(run.failure) }),
  };
}
