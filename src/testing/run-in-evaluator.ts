import { sha256 } from "../bundle/digest.ts";
import { codeOfSlice, mapOfSlice } from "../bundle/policy-slice.ts";
import { now } from "../now.ts";
import { CoverageRecorder } from "../sandbox/coverage-recorder.ts";
import { CoveredRunner } from "../sandbox/covered-runner.ts";
import { mapStack } from "../sandbox/map-stack.ts";
import { type OpenBundle, openBundle } from "../sandbox/open-bundle.ts";
import { endAtOnce, recordPolicy, writeRecord } from "../sandbox/record.ts";
import { PolicyRunner } from "../sandbox/runner.ts";
import { Answers } from "./answers.ts";
import type { ProcessCoverage } from "./coverage/raw-coverage.ts";
import { explain } from "./explain.ts";
import type { TestCase, TestFileReport, TestProblem } from "./results.ts";
import { type CallEnd, TEST_FILENAME, TestIsolate } from "./test-isolate.ts";

/** What the evaluator reads in place of a manifest when it runs a test file. */
export interface TestInput {
  /** The bundle's `manifest.json`, letter for letter. */
  readonly manifestText: string;
  /** How many bytes of the code are the bundle's; the test file's slice follows. */
  readonly policyBytes: number;
  /** A regular expression over the names of tests; missing for all. */
  readonly filter?: string;
  /** How long one test may take, in milliseconds. */
  readonly time: number;
  /** Whether to count what of the policies' code runs. */
  readonly coverage?: true;
}

/** All reports of a file may take so much JSON, in UTF-16 units: a record ends at 4 MiB. */
const MAX_DETAILS = 2 * 1024 * 1024;

/**
 * Runs the tests of a file, inside the wall.
 *
 * @param failed Policies that ended an earlier process of this file.
 */
export async function runTestFile(input: TestInput, code: Uint8Array, failed: string): Promise<TestFileReport> {
  const [policies, slice] = [code.subarray(0, input.policyBytes), code.subarray(input.policyBytes)];
  const bundle = openBundle(Buffer.from(input.manifestText), policies, sha256(input.manifestText));
  const { limits } = bundle.manifest;
  if (failed !== "") {
    const [name = "", kind = ""] = failed.split(",").filter(Boolean)[0]?.split(":") ?? [];
    const how = kind === "memory" ? "used up the memory of its process" : `ended its process (${kind})`;
    return { tests: [], error: { message: `policy ${name} ${how}, so that this file has no results`, details: [] } };
  }
  const record = { started: recordPolicy, exhausted: endWithMemory };
  using recorder = input.coverage === true ? new CoverageRecorder(limits, endWithMemory) : undefined;
  const runner =
    recorder === undefined
      ? new PolicyRunner(limits, "shared", endWithTimeout, record, { isTraced: true })
      : new CoveredRunner(recorder, limits, "shared", endWithTimeout, record, { isTraced: true });
  const answers = new Answers(bundle, policies, runner);
  using isolate = new TestIsolate((question) => answers.answer(question));
  const files = new Map(bundle.manifest.policies.map(({ name, file }) => [name, file]));
  let room = MAX_DETAILS;
  const problemOf = (end: Extract<CallEnd, { ok: false }>): TestProblem => {
    const judged = "verdict" in end && end.verdict !== undefined ? answers.judged[end.verdict] : undefined;
    const details = judged === undefined || room <= 0 ? [] : explain(judged, files);
    room -= details.join("\n").length;
    const place = placeOf(end, slice);
    return { message: plainMessage(end.message), ...(place && { place }), details };
  };

  const loaded = await isolate.load(codeOfSlice(slice), input.time);
  if (!loaded.ok) return { tests: [], error: problemOf(loaded) };
  const names = await isolate.names();
  const tests: TestCase[] = [];
  const filter = input.filter === undefined ? undefined : new RegExp(input.filter);
  for (const [index, name] of names.entries()) {
    if (filter !== undefined && !filter.test(name)) continue;
    const started = now();
    answers.judged.length = 0;
    const end = await isolate.run(index, input.time);
    const ms = Math.round((now() - started) * 10) / 10;
    if (end.ok) tests.push({ name, ms, status: "passed" });
    else tests.push({ name, ms, status: "failed", problem: problemOf(end) });
    if ("isOver" in end && end.isOver)
      return { tests, error: { message: `${end.message} in test ${name}`, details: [] } };
  }
  const coverage = recorder && coverageOf(recorder, bundle);
  return { tests, ...(names.length === 0 && { error: NO_TESTS }), ...(coverage && { coverage }) };
}

function coverageOf(recorder: CoverageRecorder, bundle: OpenBundle): ProcessCoverage {
  const ran = bundle.manifest.policies.map((policy) => [policy.name, recorder.partsOf(bundle.codeOf(policy))]);
  return { ran: Object.fromEntries(ran), isCutShort: recorder.isOver };
}

const NO_TESTS: TestProblem = {
  message: 'there is no test in this file: import { test } from "virt-warden/test", and call it',
  details: [],
};

function endWithMemory(name: string): never {
  writeRecord(`memory ${name}`);
  endAtOnce();
}

function endWithTimeout(name: string): never {
  writeRecord(`timeout ${name}`);
  endAtOnce();
}

/** Where the test's own code was: the innermost call in a file of the user's. */
function placeOf(end: Extract<CallEnd, { ok: false }>, slice: Uint8Array): TestProblem["place"] {
  const stack = "stack" in end ? end.stack : undefined;
  if (stack === undefined) return undefined;
  const frames = mapStack({ message: end.message, stack }, TEST_FILENAME, () => mapOfSlice(slice));
  const frame = frames.find(({ source }) => !source.startsWith("virt-warden/"));
  return frame && { file: frame.source, line: frame.line, column: frame.column };
}

/** Errors of the test API say what is wrong; their class says nothing more. */
function plainMessage(message: string): string {
  return message.replace(/^(?:AssertionError|TypeError): /, "");
}
