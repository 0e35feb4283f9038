import { sha256 } from "../bundle/digest.ts";
import { codeOfSlice, mapOfSlice } from "../bundle/policy-slice.ts";
import { now } from "../now.ts";
import { CoverageRecorder } from "../sandbox/coverage-recorder.ts";
import { CoveredRunner } from "../sandbox/covered-runner.ts";
import type { EvaluatorWords } from "../sandbox/evaluator-words.ts";
import { type OpenBundle, openBundle } from "../sandbox/open-bundle.ts";
import { PolicyRunner } from "../sandbox/runner.ts";
import { Answers } from "./answers.ts";
import type { ProcessCoverage } from "./coverage/raw-coverage.ts";
import { Ledger } from "./ledger.ts";
import { TestProblems } from "./problems.ts";
import type { TestCase, TestFileReport, TestProblem } from "./results.ts";
import { TestIsolate } from "./test-isolate.ts";

/** What the evaluator reads in place of a manifest when it runs a test file. */
export interface TestInput {
  /** The bundle's `manifest.json`, letter for letter. */
  readonly manifestText: string;
  /** How many bytes of the code are the bundle's; the test file's slice follows. */
  readonly policyBytes: number;
  /** The configuration's folder, as people know it: files of policies are shown in it. */
  readonly folder: string;
  /** A regular expression over the names of tests; missing for all. */
  readonly filter?: string;
  /** How long one test may take, in milliseconds. */
  readonly time: number;
  /** Whether to count what of the policies' code runs. */
  readonly coverage?: true;
}

/** What is kept of the file's time to say what came of it, in milliseconds. */
const TIME_TO_SAY = 2000;

/** What is said of a test or a file whose own code ended an earlier process. */
const ENDED: TestProblem = {
  message: "its own code ended the process: it used up the memory, or crashed it",
  details: [],
};

const NO_TESTS: TestProblem = {
  message: 'there is no test in this file: import { test } from "virt-warden/test", and call it',
  details: [],
};

/**
 * Runs the tests of a file, inside the wall. Whatever ends this process is known when the file is run again: see
 * {@link Ledger}.
 *
 * @param code The bundle's `policies.js`, then the test file's slice.
 */
export async function runTestFile(
  input: TestInput,
  code: Uint8Array,
  { failed, mode, endsAt }: Pick<EvaluatorWords, "failed" | "mode" | "endsAt">,
): Promise<TestFileReport> {
  const [policies, slice] = [code.subarray(0, input.policyBytes), code.subarray(input.policyBytes)];
  const bundle = openBundle(Buffer.from(input.manifestText), policies, sha256(input.manifestText));
  const { limits } = bundle.manifest;
  const ledger = new Ledger(failed, limits);
  const record = { started: () => ledger.startRun(), exhausted: () => ledger.end("memory") };
  using recorder = input.coverage === true ? new CoverageRecorder(limits, record.exhausted) : undefined;
  const how = [limits, mode, () => ledger.end("timeout"), record, { isTraced: true }] as const;
  const runner = recorder === undefined ? new PolicyRunner(...how) : new CoveredRunner(recorder, ...how);
  const answers = new Answers(bundle, policies, runner, ledger);
  const problems = new TestProblems(bundle.manifest, answers, mapOfSlice(slice), input.folder);
  using isolate = new TestIsolate((question) => answers.answer(question));
  const timeLeft = (): number => Math.min(input.time, endsAt - TIME_TO_SAY - now());

  const tests: TestCase[] = [];
  const report = (error?: TestProblem): TestFileReport => {
    return { tests, ...(error && { error }), ...(recorder && { coverage: coverageOf(recorder, bundle) }) };
  };
  if (!ledger.startPart("load")) return report(ENDED);
  const loaded = await isolate.load(codeOfSlice(slice), input.time);
  if (!loaded.ok) return report(problems.of(loaded));
  const names = await isolate.names();
  const filter = input.filter === undefined ? undefined : new RegExp(input.filter);
  for (const [index, name] of names.entries()) {
    if (filter?.test(name) === false) continue;
    if (timeLeft() <= 0) return report(problem(`there was no time left for the test ${name}`));
    if (!ledger.startPart(`test${index}`)) {
      tests.push({ name, ms: 0, status: "failed", problem: ENDED });
      continue;
    }
    answers.judged.length = 0;
    const started = now();
    const end = await isolate.run(index, timeLeft());
    const ms = Math.round((now() - started) * 10) / 10;
    tests.push({ name, ms, ...(end.ok ? { status: "passed" } : { status: "failed", problem: problems.of(end) }) });
    if (!end.ok && end.isOver === true) return report(problem(`nothing was run after the test ${name}`));
  }
  return report(names.length === 0 ? NO_TESTS : undefined);
}

function coverageOf(recorder: CoverageRecorder, bundle: OpenBundle): ProcessCoverage {
  const ran = bundle.manifest.policies.map((policy) => [policy.name, recorder.partsOf(bundle.codeOf(policy))]);
  return { ran: Object.fromEntries(ran), isCutShort: recorder.isOver };
}

function problem(message: string): TestProblem {
  return { message, details: [] };
}
