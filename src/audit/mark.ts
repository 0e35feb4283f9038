import type { Decision, PolicyOutcome } from "../engine/decision.ts";

/** What a policy came to at a document: whatever its mode, so that an audit tells what enforcing it would do. */
export type Mark = "deny" | "warn" | "failed" | "exempt" | "allow";

/**
 * What a policy came to; `exempt` where an exemption takes its findings' effect away.
 *
 * @returns undefined where it did not judge.
 */
export function markOf({ name, outcome }: PolicyOutcome, { findings }: Decision): Mark | undefined {
  if (outcome === "not-watching" || outcome === "off") return undefined;
  if (outcome === "allow" || outcome === "failed") return outcome;
  return findings.some((finding) => finding.policy === name && finding.exempt !== undefined) ? "exempt" : outcome;
}

/** Whether there is something to say of a document. */
export function hasFindings({ findings, failures, error }: Decision): boolean {
  return findings.length > 0 || failures.length > 0 || error !== undefined;
}
