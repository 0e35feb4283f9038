import type { Decision, Finding } from "../engine/decision.ts";
import type { Excerpt } from "../explain/excerpt.ts";
import type { PolicyExplanation } from "../explain/explain-policy.ts";

/**
 * The contract's form of a decision: what `eval --json` and `audit --json` print of a document.
 *
 * @param excerpts What each finding is about, in their order.
 * @param explained By policies' names: what their outcomes come from.
 */
export function decisionJson(
  file: string,
  decision: Decision,
  excerpts: readonly (Excerpt | undefined)[] = [],
  explained: ReadonlyMap<string, PolicyExplanation> = new Map(),
): object {
  const { event, object, decision: verdict, status, failures, error } = decision;
  const findings = decision.findings.map((finding, index) => findingJson(finding, excerpts[index]));
  const policies = decision.policies.map((outcome) => {
    const { mode, why } = explained.get(outcome.name) ?? {};
    return { ...outcome, ...(mode && { mode }), ...(why !== undefined && { why }) };
  });
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
