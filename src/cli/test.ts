import { dirname, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { readConfiguration } from "../config/read-configuration.ts";
import { configurationFor, findTests } from "../testing/find-tests.ts";
import { summarize, type TestFileResult } from "../testing/results.ts";
import { buildTests, runTests } from "../testing/run-tests.ts";
import { runOnChanges } from "../testing/watch.ts";
import { pathOption } from "./path-option.ts";
import { type CoverageOptions, sayCoverage, wantsCoverage } from "./test-coverage.ts";
import { REPORTER_NAMES, type ReportOptions, TestReport } from "./test-report.ts";

interface TestCommandOptions extends CoverageOptions, ReportOptions {
  readonly config?: string;
  readonly filter?: string;
  /** In milliseconds. */
  readonly timeout: number;
  readonly watch?: true;
}

const EXAMPLE = `
Places are tests (*.test.ts) and folders of them; without any, the folder of the
configuration. That is the virt-warden.yaml nearest above the first place, else
the one that build takes. Tests run in the sandbox that policies run in, within
the configuration's limits.

Coverage is that of the policies' lines, and of what they import from the
configuration's folder: a line counts where all that begins on it ran.

Exit status: 0 all passed; 1 some failed, could not run, or there are none, or
coverage is less than was asked for; 64 wrong usage.

Example:
  $ virt-warden test policies --filter passthrough
  policies/no-host-passthrough.test.ts
    ✔ host-passthrough is denied, with its place 8.1 ms

  1 passed in 1 file, 420 ms`;

/** Adds the command `test`. */
export function registerTest(program: Command): void {
  program
    .command("test")
    .description("run the tests of policies, in the sandbox that policies run in")
    .argument("[place...]", "tests, and folders of them (default: the configuration's folder)")
    .option("--config <file>", "the configuration whose policies are tested", pathOption)
    .option("--filter <pattern>", "only tests whose name matches this regular expression", patternOption)
    .addOption(
      new Option("--timeout <seconds>", "how long one test may take").argParser(secondsOption).default(30_000, "30"),
    )
    .addOption(
      new Option("--reporter <name>", "what to write: for people, or for programs")
        .choices(REPORTER_NAMES)
        .default("spec"),
    )
    .option("--output <file>", "write the report to this file, and people's to stdout", pathOption)
    .option("--coverage", "say which lines of the policies ran")
    .option("--coverage-min <percent>", "fail where fewer lines ran", percentOption)
    .option("--coverage-lcov <file>", "write which lines ran to this file, as LCOV does", pathOption)
    .option("--watch", "run again when something changes, until Ctrl-C")
    .addHelpText("after", EXAMPLE)
    .action(async (places: readonly string[], options: TestCommandOptions, command: Command) => {
      if (places.includes("")) command.error("error: a place is empty, as a variable that is not set: name a path");
      if (options.watch) await watch(places, options);
      else process.exitCode = await test(places, options);
    });
}

function patternOption(value: string): string {
  try {
    new RegExp(value);
    return value;
  } catch (error) {
    throw new InvalidArgumentError(`It is no regular expression: ${(error as Error).message}.`);
  }
}

function secondsOption(value: string): number {
  const seconds = Number(value);
  if (/^\d+(?:\.\d+)?$/.test(value) && seconds >= 0.1 && seconds <= 600) return seconds * 1000;
  throw new InvalidArgumentError("It is a number of seconds, from 0.1 to 600.");
}

function percentOption(value: string): number {
  const percent = Number(value);
  if (/^\d+(?:\.\d+)?$/.test(value) && percent <= 100) return percent;
  throw new InvalidArgumentError("It is a percentage, from 0 to 100.");
}

/** Runs tests again and again; what is said of the watching goes to stderr. */
async function watch(places: readonly string[], options: TestCommandOptions): Promise<never> {
  const folder = dirname(resolve(options.config ?? configurationFor(places)));
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  return runOnChanges({ folder, run: async () => void (await test(places, options)), say });
}

/** @returns the exit status. */
async function test(places: readonly string[], options: TestCommandOptions): Promise<number> {
  const started = performance.now();
  const configuration = await readConfiguration(options.config ?? configurationFor(places));
  const built = await buildTests(configuration, findTests(places, configuration.folder));
  const { filter, timeout } = options;
  const hasCoverage = wantsCoverage(options);
  using report = new TestReport(options);
  const how = {
    time: timeout,
    ...(filter !== undefined && { filter }),
    ...(hasCoverage && { coverage: true as const }),
  };
  const results: TestFileResult[] = [];
  await runTests(built, how, (result) => {
    // none of its tests matches the filter
    if (result.tests.length === 0 && result.error === undefined) return;
    results.push(result);
    report.reporter.fileDone(result);
  });
  const summary = summarize(results, performance.now() - started);
  if (summary.passed + summary.failed + summary.errors === 0) {
    process.stderr.write(`virt-warden: no test has a name that matches ${filter}\n`);
    return 1;
  }
  report.reporter.end(summary);
  report.finish();
  const { folder } = configuration;
  const isEnough = !hasCoverage || sayCoverage(built.bundle, results, folder, options, report.aside);
  return isEnough && summary.failed + summary.errors === 0 ? 0 : 1;
}
