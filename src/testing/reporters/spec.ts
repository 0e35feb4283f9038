import { paint } from "../../cli/paint.ts";
import { printable, withoutControls } from "../../hook/printable.ts";
import { wrap } from "../../wrap.ts";
import type { Reporter, Write } from "../reporter.ts";
import type { TestCase, TestFileResult, TestProblem, TestSummary } from "../results.ts";

const WIDTH = 78;

/** For people: each test with its time, then what failed and why. */
export function specReporter(write: Write): Reporter {
  const files: TestFileResult[] = [];
  const say = (lines: readonly string[]): void => write(lines.map((line) => `${line}\n`).join(""));
  return {
    fileDone(result) {
      files.push(result);
      const { file, tests, error } = result;
      say([printable(file), ...tests.flatMap(testLines), ...(error === undefined ? [] : marked(error.message))]);
    },
    end(summary) {
      for (const file of files) say(failures(file));
      say(["", closing(summary)]);
    },
  };
}

function testLines({ name, status, ms }: TestCase): readonly string[] {
  const isPassed = status === "passed";
  const time = ` ${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
  const lines = wrap(`${printable(name)}`, WIDTH - 4 - time.length);
  return lines.map((line, index) => {
    const mark = index > 0 ? " " : isPassed ? paint("green", "✔") : paint("red", "✖");
    return `  ${mark} ${line}${index === lines.length - 1 ? paint("dim", time) : ""}`;
  });
}

function marked(message: string): readonly string[] {
  return wrap(printable(message), WIDTH - 4).map((line, index) => `  ${index === 0 ? paint("red", "✖") : " "} ${line}`);
}

function failures({ file, tests, error }: TestFileResult): readonly string[] {
  const failed = tests.flatMap(({ name, problem }) =>
    problem === undefined ? [] : ["", ...problemLines(`${file}: ${name}`, problem)],
  );
  const hasMore = error !== undefined && (error.place !== undefined || error.details.length > 0);
  return hasMore ? [...failed, "", ...problemLines(file, error)] : failed;
}

function problemLines(head: string, { message, place, details }: TestProblem): readonly string[] {
  const [first = "", ...rest] = wrap(printable(head), WIDTH - 2);
  return [
    `${paint("red", "✖")} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...wrap(printable(message), WIDTH - 2).map((line) => `  ${line}`),
    ...(place === undefined ? [] : [`  at ${printable(place.file)}:${place.line}:${place.column}`]),
    // blanks stay: excerpts line up by them
    ...details.map((line) => `    ${withoutControls(line)}`),
  ];
}

function closing({ passed, failed, errors, files, ms }: TestSummary): string {
  const parts = [
    `${passed} passed`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(errors === 0 ? [] : [`${errors} ${errors === 1 ? "file" : "files"} broken`]),
  ];
  const time = ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
  const text = `${parts.join(", ")} in ${files} ${files === 1 ? "file" : "files"}, ${time}`;
  return paint(failed + errors === 0 ? "green" : "red", text);
}
