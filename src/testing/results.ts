import type { ProcessCoverage } from "./coverage/raw-coverage.ts";

/** Why a test failed, or why a test file could not be run. */
export interface TestProblem {
  /** One or two lines. */
  readonly message: string;
  /** The place in the test file, 1-based. */
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
  /** Lines that explain, without colour: findings, excerpts of documents, lines of policies. */
  readonly details: readonly string[];
}

/** How one test ended. */
export interface TestCase {
  readonly name: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly status: "passed" | "failed";
  /** Missing where it passed. */
  readonly problem?: TestProblem;
}

/** How a file of tests ended. */
export interface TestFileResult {
  /** As people know it: relative to the current folder, or absolute. */
  readonly file: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** In the order in which they ran. */
  readonly tests: readonly TestCase[];
  /** Why the file could not run, or ended early. */
  readonly error?: TestProblem;
  /** What of the policies' code it ran, where that was asked for. */
  readonly coverage?: ProcessCoverage;
}

/** What a run of tests came to. */
export interface TestSummary {
  readonly files: number;
  readonly passed: number;
  readonly failed: number;
  /** Files that could not run, or ended early. */
  readonly errors: number;
  /** How long the whole run took, in milliseconds. */
  readonly ms: number;
}

/** What the evaluator tells of a file of tests. */
export type TestFileReport = Pick<TestFileResult, "tests" | "error" | "coverage">;

/** Adds up what became of tests. */
export function summarize(files: readonly TestFileResult[], ms: number): TestSummary {
  const tests = files.flatMap((file) => file.tests);
  const failed = tests.filter(({ status }) => status === "failed").length;
  const errors = files.filter(({ error }) => error !== undefined).length;
  return { files: files.length, passed: tests.length - failed, failed, errors, ms };
}
