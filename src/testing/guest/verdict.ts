import type { ExpectedFailure, ExpectedFinding, Finding, Verdict } from "../../../typings/test.d.ts";
import { assert } from "./assertion-error.ts";
import { bridge } from "./bridge.ts";
import { expectedText, isExpected, isExpectedFailure, matches } from "./expected.ts";

/** What the engine decided, as data. */
export type Judged = Pick<Verdict, "decision" | "status" | "findings" | "failures" | "logs" | "error" | "document">;

const binds = ({ mode, exempt }: Finding): boolean => mode === "enforce" && exempt === undefined;

/** A verdict with its assertions. */
export function verdictOf(judged: Judged): Verdict {
  const number = bridge.verdicts++;
  const check = (holds: boolean, expected: string): Verdict => {
    assert(holds, () => `expected ${expected}, but ${outcome(judged)}`, number);
    return verdict;
  };
  const list = (found: readonly Finding[], expected: readonly ExpectedFinding[], what: string): Verdict => {
    const isAny = expected.length === 0 && found.length > 0;
    const isEach =
      found.length === expected.length && found.every((each, index) => isExpected(each, expected[index] ?? ""));
    return check(isAny || (expected.length > 0 && isEach), expectation(what, expected));
  };
  const { findings, failures, status, error, document } = judged;
  const denials = findings.filter(({ level }) => level === "deny");
  const verdict: Verdict = {
    ...judged,
    allowed: () => check(status === 0, "it to be allowed"),
    denied: (...expected) => list(denials.filter(binds), expected, "denied"),
    warned: (...expected) =>
      list(
        findings.filter(({ level, mode, exempt }) => level === "warn" || (mode === "warn" && exempt === undefined)),
        expected,
        "warned of",
      ),
    exempted: (...expected) =>
      list(
        denials.filter(({ exempt }) => exempt !== undefined),
        expected,
        "exempted",
      ),
    failed: (expected) =>
      check(
        hasFailed(failures, error, expected),
        expected === undefined ? "a policy to fail" : `a failure with ${expectedText(expected)}`,
      ),
    rewritten(expected) {
      const isIt =
        typeof expected === "string" ? document === expected : document !== undefined && matches(document, expected);
      return check(
        isIt,
        typeof expected === "string" ? "the document to be rewritten as given" : `a document with ${expected}`,
      );
    },
  };
  return verdict;
}

function hasFailed(
  failures: Judged["failures"],
  error: Judged["error"],
  expected: ExpectedFailure | undefined,
): boolean {
  if (expected === undefined) return failures.length > 0 || error !== undefined;
  if (failures.some((failure) => isExpectedFailure(failure, expected))) return true;
  const message = typeof expected === "string" || expected instanceof RegExp ? expected : undefined;
  return error !== undefined && message !== undefined && matches(error.message, message);
}

function expectation(what: string, expected: readonly ExpectedFinding[]): string {
  return expected.length === 0
    ? `it to be ${what}`
    : `it to be ${what} for ${expected.map(expectedText).join(" and ")}`;
}

function outcome({ status, findings, failures, error, document }: Judged): string {
  if (error !== undefined) return `it could not be judged: ${error.message}`;
  if (status === 2) return `a policy failed: ${failures[0]?.message ?? ""}`;
  const denials = findings.filter(({ level }) => level === "deny").length;
  if (status === 1) return `it was denied for ${denials === 1 ? "one reason" : `${denials} reasons`}`;
  const others =
    findings.length === 0
      ? "with nothing found"
      : `with ${findings.length === 1 ? "one finding" : `${findings.length} findings`}`;
  return `it was allowed, ${others}${document === undefined ? "" : ", and rewritten"}`;
}
