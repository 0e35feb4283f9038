import type { Decision } from "../engine/decision.ts";

/** The contract's form of a decision: what `eval --json` and `audit --json` print of a document. */
export function decisionJson(file: string, decision: Decision): object {
  const { event, object, decision: verdict, status, failures, policies, error } = decision;
  const findings = decision.findings.map(({ more: _, whenRunning: __, ...finding }) => finding);
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
