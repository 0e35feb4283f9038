import { escapeAttribute, escapeText } from "../../rewrite/escape.ts";
import type { Reporter, Write } from "../reporter.ts";
import type { TestCase, TestFileResult, TestProblem, TestSummary } from "../results.ts";
import { placeText, reportLine, reportText } from "./report-text.ts";

/**
 * Writes results as the XML that CI systems read, at the end: a suite a file. A file that could not run, or ended early,
 * is a test case of the suite with an error.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junitReporter(write: Write): Reporter {
  const suites: string[] = [];
  return {
    fileDone: (result) => suites.push(...suiteLines(result)),
    end: (summary) =>
      write(`${[HEAD, openTag("testsuites", totals(summary)), ...suites, "</testsuites>"].join("\n")}\n`),
  };
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';

type Attributes = Readonly<Record<string, string | number | undefined>>;

function totals({ passed, failed, errors, ms }: TestSummary): Attributes {
  return { name: "virt-warden test", tests: passed + failed + errors, failures: failed, errors, time: seconds(ms) };
}

function suiteLines({ file, ms, tests, error }: TestFileResult): readonly string[] {
  const failures = tests.filter(({ status }) => status === "failed").length;
  const errors = error === undefined ? 0 : 1;
  const numbers = { tests: tests.length + errors, failures, errors, skipped: 0, time: seconds(ms) };
  return [
    `  ${openTag("testsuite", { name: file, ...numbers })}`,
    ...tests.flatMap((test) => caseLines(test, file)),
    ...(error === undefined ? [] : problemLines("error", error, { name: "the file as a whole", file, ms: 0 })),
    "  </testsuite>",
  ];
}

function caseLines({ name, ms, status, problem }: TestCase, file: string): readonly string[] {
  const test = { name, file, ms };
  if (status === "passed") return [`    ${openTag("testcase", caseAttributes(test), "/")}`];
  return problemLines("failure", problem ?? { message: "failed", details: [] }, test);
}

interface NamedTest {
  readonly name: string;
  readonly file: string;
  readonly ms: number;
}

function problemLines(kind: "failure" | "error", problem: TestProblem, test: NamedTest): readonly string[] {
  const { message, details, place } = problem;
  const text = [placeText(problem), message, ...details].filter((line) => line !== undefined).join("\n");
  return [
    `    ${openTag("testcase", { ...caseAttributes(test), line: place?.line })}`,
    `      ${openTag(kind, { message, type: kind === "failure" ? "AssertionError" : "Error" })}${body(text)}</${kind}>`,
    "    </testcase>",
  ];
}

function caseAttributes({ name, file, ms }: NamedTest): Attributes {
  return { name, classname: file, file, time: seconds(ms) };
}

function openTag(name: string, attributes: Attributes, end = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeAttribute(reportLine(String(value)))}"`);
  return `<${name}${written.join("")}${end}>`;
}

function body(text: string): string {
  return escapeText(reportText(text));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
