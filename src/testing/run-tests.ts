import { availableParallelism } from "node:os";
import { dirname, join, sep } from "node:path";
import { buildBundle } from "../bundle/build-bundle.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { bundlePolicies } from "../bundle/bundle-policies.ts";
import { checkTypes } from "../bundle/check-types.ts";
import { distinct, withoutEchoes } from "../bundle/problem-list.ts";
import type { Configuration } from "../config/configuration.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { runEvaluator } from "../sandbox/run-evaluator.ts";
import { displayPath, type Problem, UserError } from "../user-error.ts";
import { countingHeap } from "./coverage/counting-heap.ts";
import { readReport } from "./read-report.ts";
import type { TestFileReport, TestFileResult } from "./results.ts";
import type { TestInput } from "./run-test-file.ts";

/** How tests are run. */
export interface TestOptions {
  /** A regular expression over the names of tests. */
  readonly filter?: string;
  /** How long one test may take, in milliseconds. */
  readonly time: number;
  /** Whether to count what of the policies' code runs. */
  readonly coverage?: true;
}

/** How long all tests of a file may take, in milliseconds; then their process is killed. */
const FILE_TIME = 600_000;

/** What the isolate of the tests takes beside the policies, in bytes. */
const TEST_MEMORY = 256 * 2 ** 20;

/** Tests made ready to run. */
export interface BuiltTests {
  /** The folder of the configuration. */
  readonly folder: string;
  readonly bundle: Bundle;
  readonly files: readonly { readonly file: string; readonly code: Uint8Array }[];
}

/**
 * Builds policies and their tests, as `build` does.
 *
 * @param files The test files' absolute paths.
 * @throws {UserError} with every problem found, each at its file and line.
 */
export async function buildTests(configuration: Configuration, files: readonly string[]): Promise<BuiltTests> {
  const { folder } = configuration;
  // what is wrong with a policy is wrong with its test as well, and said once
  const bundle = await buildBundle(configuration);
  const [bundled, typeProblems] = await Promise.all([bundlePolicies(files, folder, true), checkTypes(files, folder)]);
  // where an import is refused, what the compiler says of the file that it names is of no use
  const isOwn = ({ file }: Problem): boolean => bundled.problems.length === 0 || file.startsWith(`${folder}${sep}`);
  const problems = withoutEchoes(bundled.problems, typeProblems.filter(isOwn));
  if (problems.length > 0) throw new UserError(distinct(problems));
  const built = bundled.slices.map(({ file, offset, length }) => ({
    file,
    code: bundled.code.subarray(offset, offset + length),
  }));
  return { folder, bundle, files: built };
}

/**
 * Runs test files, each in a process of its own behind the wall, as many at once as there are processors.
 *
 * @param onDone is told of each file when it is done, in the order of the files.
 */
export async function runTests(
  tests: BuiltTests,
  options: TestOptions,
  onDone: (result: TestFileResult) => void,
): Promise<readonly TestFileResult[]> {
  const { files } = tests;
  const running: Promise<TestFileResult>[] = [];
  const results: TestFileResult[] = [];
  const waiting = [...files];
  const next = (): void => {
    const file = waiting.shift();
    if (file !== undefined) running.push(runFile(tests, file, options).finally(next));
  };
  for (let count = availableParallelism(); count > 0; count -= 1) next();
  for (let index = 0; index < files.length; index += 1) {
    const result = (await running[index]) as TestFileResult;
    results.push(result);
    onDone(result);
  }
  return results;
}

async function runFile(
  { bundle, folder }: BuiltTests,
  { file, code }: BuiltTests["files"][number],
  { filter, time, coverage }: TestOptions,
): Promise<TestFileResult> {
  const started = performance.now();
  const { manifestText, manifest } = bundle;
  const input: TestInput = {
    manifestText,
    policyBytes: bundle.code.length,
    // within it: a file of the folder itself would be shown by its whole path
    folder: dirname(displayPath(join(folder, "virt-warden.yaml"))),
    time,
    ...(filter !== undefined && { filter }),
    ...(coverage && { coverage }),
  };
  const { limits } = manifest;
  const memory = limits.memory + TEST_MEMORY + (coverage ? countingHeap(limits) : 0);
  const report = await runEvaluator({
    words: ["test", "-"],
    code: Buffer.concat([bundle.code, code]),
    manifestText: JSON.stringify(input),
    document: new Uint8Array(),
    limits: { ...limits, memory, deadline: FILE_TIME },
  }).then(
    ({ described = "" }) => readReport(described) ?? notRun("its results could not be read"),
    (error: unknown) => {
      if (error instanceof EngineFailure) return notRun(error.message);
      throw error;
    },
  );
  return { file: displayPath(file), ms: Math.round(performance.now() - started), ...report };
}

function notRun(why: string): TestFileReport {
  return { tests: [], error: { message: `it could not be run to its end: ${why}`, details: [] } };
}
