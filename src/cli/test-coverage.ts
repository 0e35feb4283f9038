import { ReportFile } from "../audit/report-file.ts";
import { printable } from "../hook/printable.ts";
import { countLines, formatCoverage, percentOf, percentText } from "../testing/coverage/format-coverage.ts";
import { lcovText } from "../testing/coverage/lcov.ts";
import { type CoveredBundle, lineCoverage } from "../testing/coverage/line-coverage.ts";
import type { Write } from "../testing/reporter.ts";
import type { TestFileResult } from "../testing/results.ts";
import { paint } from "./paint.ts";

/** What is asked for of coverage. */
export interface CoverageOptions {
  readonly coverage?: true;
  /** In percent. */
  readonly coverageMin?: number;
  /** A file for a tracefile of LCOV's. */
  readonly coverageLcov?: string;
}

/** Whether any of the options asks for coverage. */
export function wantsCoverage({ coverage, coverageMin, coverageLcov }: CoverageOptions): boolean {
  return coverage === true || coverageMin !== undefined || coverageLcov !== undefined;
}

/**
 * Says how much of the policies ran.
 *
 * @param folder where the configuration lies.
 * @returns whether it is as much as was asked for.
 * @throws {UserError} where the tracefile cannot be written.
 */
export function sayCoverage(
  bundle: CoveredBundle,
  results: readonly TestFileResult[],
  folder: string,
  { coverageMin = 0, coverageLcov }: CoverageOptions,
  say: Write,
): boolean {
  const files = lineCoverage(
    bundle,
    results.map(({ coverage }) => coverage?.ran ?? {}),
  );
  say(`\n${formatCoverage(files)}\n`);
  for (const { file } of results.filter(({ coverage }) => coverage?.isCutShort === true)) {
    say(`counting ended early in ${printable(file)}: a policy could not be stopped, or took the memory\n`);
  }
  if (coverageLcov !== undefined) {
    using tracefile = new ReportFile(coverageLcov, "TN:");
    tracefile.write(lcovText(files, folder));
  }
  const percent = percentOf(countLines(files));
  if (percent >= coverageMin) return true;
  say(`${paint("red", `${percentText(percent)} of the lines ran, less than the ${coverageMin} % asked for`)}\n`);
  return false;
}
