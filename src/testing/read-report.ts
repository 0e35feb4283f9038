import type { TestCase, TestFileReport, TestProblem } from "./results.ts";

type Unknown = Readonly<Record<string, unknown>>;

/**
 * Reads what the process of a test file wrote. Policies and tests ran there: what is not of the form that it writes is no
 * report at all.
 *
 * @returns undefined for any other text.
 */
export function readReport(text: string): TestFileReport | undefined {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isReport(report) ? report : undefined;
}

function isReport(value: unknown): value is TestFileReport {
  const { tests, error, coverage } = asObject(value);
  const areCases = Array.isArray(tests) && tests.every(isCase);
  return areCases && (error === undefined || isProblem(error)) && (coverage === undefined || isCoverage(coverage));
}

function isCoverage(value: unknown): boolean {
  const { ran, isCutShort } = asObject(value);
  const areParts = Object.values(asObject(ran)).every((parts) => Array.isArray(parts) && parts.every(isOffset));
  return typeof ran === "object" && typeof isCutShort === "boolean" && areParts;
}

function isOffset(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isCase(value: unknown): value is TestCase {
  const { name, ms, status, problem } = asObject(value);
  if (typeof name !== "string" || typeof ms !== "number") return false;
  return status === "passed" ? problem === undefined : status === "failed" && isProblem(problem);
}

function isProblem(value: unknown): value is TestProblem {
  const { message, place, details } = asObject(value);
  const areLines = Array.isArray(details) && details.every((line) => typeof line === "string");
  return typeof message === "string" && areLines && (place === undefined || isPlace(place));
}

function isPlace(value: unknown): boolean {
  const { file, line, column } = asObject(value);
  return typeof file === "string" && Number.isSafeInteger(line) && Number.isSafeInteger(column);
}

function asObject(value: unknown): Unknown {
  return typeof value === "object" && value !== null ? (value as Unknown) : {};
}
