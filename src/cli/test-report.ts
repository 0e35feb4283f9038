import { ReportFile } from "../audit/report-file.ts";
import type { Reporter, Write } from "../testing/reporter.ts";
import { both } from "../testing/reporters/both.ts";
import { junitReporter } from "../testing/reporters/junit.ts";
import { specReporter } from "../testing/reporters/spec.ts";
import { tapReporter } from "../testing/reporters/tap.ts";

const REPORTERS = { spec: specReporter, tap: tapReporter, junit: junitReporter } as const;

/** What each begins a file with; people's text may be any. */
const BEGINNINGS = {
  spec: "",
  tap: "TAP version 14\n",
  junit: '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ',
} as const;

/** The reporters that `--reporter` knows. */
export const REPORTER_NAMES = Object.keys(REPORTERS) as (keyof typeof REPORTERS)[];

/** What is said of tests, and where. */
export interface ReportOptions {
  readonly reporter: (typeof REPORTER_NAMES)[number];
  /** A file for the report; people's stays on stdout then. */
  readonly output?: string;
}

/** A run's report: on stdout, or in a file that is there whole or not at all. */
export class TestReport implements Disposable {
  readonly reporter: Reporter;
  /** Takes what people read beside the report: stdout where it is for people as well. */
  readonly aside: Write;
  readonly #file: ReportFile | undefined;
  #text = "";

  /** @throws {UserError} where the file cannot be written. */
  constructor({ reporter, output }: ReportOptions) {
    const stdout: Write = (text) => process.stdout.write(text);
    const report = REPORTERS[reporter];
    this.#file = output === undefined ? undefined : new ReportFile(output, BEGINNINGS[reporter]);
    const isForPeople = output !== undefined || reporter === "spec";
    this.aside = isForPeople ? stdout : (text) => process.stderr.write(text);
    this.reporter =
      output === undefined
        ? report(stdout)
        : both(
            specReporter(stdout),
            report((text) => {
              this.#text += text;
            }),
          );
  }

  /** Puts the file in its place, once all is said. */
  finish(): void {
    this.#file?.write(this.#text);
  }

  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]();
  }
}
