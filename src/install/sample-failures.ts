import type { Manifest } from "../bundle/manifest.ts";
import type { Decision, Failure } from "../engine/decision.ts";
import { findExemption } from "../engine/exemptions.ts";
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
  const binding = policies
    .filter(({ mode, exempt }) => mode === "enforce" && findExemption(exempt, guest) === undefined)
    .map(({ name }) => name);
  return failures.filter((failure) => refuses(failure, binding)).map(failureText);
}

/** As the engine weighs it: what costs the host too much refuses whoever's it is. */
function refuses({ kind, onError, policy }: Failure, binding: readonly string[]): boolean {
  return kind === "timeout" || kind === "memory" || (onError === undefined && binding.includes(policy));
}
