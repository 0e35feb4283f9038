import type { Manifest } from "../bundle/manifest.ts";
import type { Decision, Failure } from "../engine/decision.ts";
import { findExemption } from "../engine/exemptions.ts";
import { failureRefuses } from "../engine/weigh.ts";
import { engineFailureText, failureText } from "../hook/stderr-lines.ts";
import { SAMPLE_NAME } from "./sample-documents.ts";

/**
 * What failed at a sample decision that would refuse by itself: also beside a policy that denies the sample, whose status
 * hides it, and that may allow the next guest.
 *
 * @returns a text each; none where the host can decide.
 */
export function sampleFailures({ event, error, failures }: Decision, { policies }: Manifest): readonly string[] {
  if (error !== undefined) return [engineFailureText(error)];
  // a network without a port is no guest's
  const guest = /^network\/(?!port-)/.test(event) ? undefined : { name: SAMPLE_NAME };
  const refuses = (failure: Failure): boolean =>
    policies.some((policy) => {
      const binds = policy.mode === "enforce" && findExemption(policy.exempt, guest) === undefined;
      return policy.name === failure.policy && failureRefuses(failure, policy, binds);
    });
  return failures.filter(refuses).map(failureText);
}
