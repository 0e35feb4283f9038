import type { ExpectedFailure, ExpectedFinding, Failure, Finding } from "../../../typings/test.d.ts";

/** Whether a finding is as a test expects it. */
export function isExpected(finding: Finding, expected: ExpectedFinding): boolean {
  if (typeof expected === "string" || expected instanceof RegExp) return matches(finding.reason, expected);
  const { policy, reason, at } = expected;
  return (
    isSame(finding.policy, policy) &&
    isSame(finding.at, at) &&
    (reason === undefined || matches(finding.reason, reason))
  );
}

/** Whether a failure is. */
export function isExpectedFailure(failure: Failure, expected: ExpectedFailure): boolean {
  if (typeof expected === "string" || expected instanceof RegExp) return matches(failure.message, expected);
  const { policy, kind, message } = expected;
  const isKind = isSame(failure.policy, policy) && isSame(failure.kind, kind);
  return isKind && (message === undefined || matches(failure.message, message));
}

function isSame(value: string | undefined, expected: string | undefined): boolean {
  return expected === undefined || value === expected;
}

export function matches(text: string, expected: string | RegExp): boolean {
  if (typeof expected === "string") return text.includes(expected);
  expected.lastIndex = 0;
  return expected.test(text);
}

/** An expectation as a message shows it. */
export function expectedText(expected: ExpectedFinding | ExpectedFailure): string {
  if (expected instanceof RegExp) return String(expected);
  if (typeof expected === "string") return JSON.stringify(expected);
  const parts = Object.entries(expected).map(
    ([name, value]) => `${name} ${value instanceof RegExp ? value : JSON.stringify(value)}`,
  );
  return parts.join(", ");
}
