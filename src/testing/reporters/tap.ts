import type { Reporter, Write } from "../reporter.ts";
import type { TestCase, TestFileResult, TestProblem } from "../results.ts";
import { placeText, reportLine, reportText } from "./report-text.ts";

const INDENT = "    ";

/**
 * Writes results as TAP 14: a test point a file, with its tests as a subtest of it.
 *
 * @see https://testanything.org/tap-version-14-specification.html
 */
export function tapReporter(write: Write): Reporter {
  let files = 0;
  write("TAP version 14\n");
  return {
    fileDone(result) {
      files++;
      write(linesOf(result, files).join("\n").concat("\n"));
    },
    end: () => write(`1..${files}\n`),
  };
}

function linesOf({ file, ms, tests, error }: TestFileResult, number: number): readonly string[] {
  const isPassed = error === undefined && tests.every(({ status }) => status === "passed");
  // a plan of no test would say that the file was skipped
  const subtest =
    tests.length === 0
      ? []
      : [
          `# Subtest: ${reportLine(file)}`,
          ...tests.flatMap((test, index) => testLines(test, index + 1)).map((line) => `${INDENT}${line}`),
          `${INDENT}1..${tests.length}`,
        ];
  return [...subtest, point(isPassed, number, file), ...diagnosis(ms, error)];
}

function testLines({ name, ms, status, problem }: TestCase, number: number): readonly string[] {
  return [point(status === "passed", number, name), ...diagnosis(ms, problem)];
}

function point(isPassed: boolean, number: number, name: string): string {
  return `${isPassed ? "ok" : "not ok"} ${number} - ${description(name)}`;
}

/** A hash would begin a directive such as `# SKIP`. */
function description(name: string): string {
  return reportLine(name).replace(/[\\#]/g, "\\$&");
}

/** A block of YAML: JSON's texts are YAML's, and a literal block holds several lines. */
function diagnosis(ms: number, problem?: TestProblem): readonly string[] {
  const lines = [`duration_ms: ${Number(ms.toFixed(3))}`];
  if (problem !== undefined) {
    lines.push(`message: ${JSON.stringify(reportText(problem.message))}`, "severity: fail");
    const at = placeText(problem);
    if (at !== undefined) lines.push(`at: ${JSON.stringify(at)}`);
    if (problem.details.length > 0) lines.push("details: |2", ...detailLines(problem).map((line) => `  ${line}`));
  }
  return ["---", ...lines, "..."].map((line) => `  ${line}`.trimEnd());
}

function detailLines({ details }: TestProblem): readonly string[] {
  return details.flatMap((line) => reportText(line).split("\n"));
}
