import type { Decision, Finding } from "../engine/decision.ts";
import type { Excerpt } from "../explain/excerpt.ts";

/**
 * The contract's form of a decision: what `eval --json` and `audit --json` print of a document.
 *
 * @param excerpts What each finding is about, in their order.
 */
export function decisionJson(
  file: string,
  decision: Decision,
  excerpts: readonly (Excerpt | undefined)[] = [],
): object {
  const { event, object, decision: verdict, status, failures, policies, error } = decision;
  const findings = decision.findings.map((finding, index) => findingJson(finding, excerpts[index]));
  const rewrites = decision.rewrites?.map(({ more: _, ...note }) => note);
  return {
    file,
    event,
    object,
    decision: verdict,
    status,
    findings,
    failures,
    policies,
    ...(rewrites && { rewrites }),
    ...(error && { error }),
  };
}

function findingJson({ more: _, whenRunning: __, ...finding }: Finding, excerpt: Excerpt | undefined): object {
  if (excerpt === undefined) return finding;
  const { line, column, first, lines } = excerpt;
  return { ...finding, line, column, excerpt: { first, lines } };
}
