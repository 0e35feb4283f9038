import { type Command, InvalidArgumentError } from "commander";
import { readConfiguration } from "../config/read-configuration.ts";
import { configurationFor, findTests } from "../testing/find-tests.ts";
import { specReporter } from "../testing/reporters/spec.ts";
import { summarize } from "../testing/results.ts";
import { buildTests, runTests } from "../testing/run-tests.ts";
import { pathOption } from "./path-option.ts";

interface TestCommandOptions {
  readonly config?: string;
  readonly filter?: string;
  /** In milliseconds. */
  readonly timeout: number;
}

const EXAMPLE = `
Places are tests (*.test.ts) and folders of them; without any, the folder of the
configuration. That is the virt-warden.yaml nearest above the first place, else
the one that build takes. Tests run in the sandbox that policies run in, within
the configuration's limits.

Exit status: 0 all passed; 1 some failed, could not run, or there are none; 64
wrong usage.

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
    .option("--timeout <seconds>", "how long one test may take", secondsOption, 30_000)
    .addHelpText("after", EXAMPLE)
    .action(async (places: readonly string[], options: TestCommandOptions, command: Command) => {
      if (places.includes("")) command.error("error: a place is empty, as a variable that is not set: name a path");
      process.exitCode = await test(places, options);
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

/** @returns the exit status. */
async function test(places: readonly string[], options: TestCommandOptions): Promise<number> {
  const started = performance.now();
  const configuration = await readConfiguration(options.config ?? configurationFor(places));
  const built = await buildTests(configuration, findTests(places, configuration.folder));
  const { filter, timeout } = options;
  const how = { time: timeout, ...(filter !== undefined && { filter }) };
  const reporter = specReporter((text) => process.stdout.write(text));
  const results = await runTests(built, how, (result) => {
    if (result.tests.length > 0 || result.error !== undefined) reporter.fileDone(result);
  });
  const summary = summarize(results, performance.now() - started);
  if (summary.passed + summary.failed + summary.errors === 0) {
    process.stderr.write(`virt-warden: no test has a name that matches ${filter}\n`);
    return 1;
  }
  reporter.end(summary);
  return summary.failed + summary.errors === 0 ? 0 : 1;
}
