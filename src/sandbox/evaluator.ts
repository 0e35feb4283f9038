/**
 * The evaluator: the program that runs policies, inside the wall (`bin/evaluate.sh`). Its words are
 * `decide DIGEST MODE FAILED PORT HOOK OBJECT OPERATION SUBOPERATION EXTRA`, or `describe - MODE FAILED`; PORT is
 * `attached` where the port that the document is about belongs to a running guest.
 */
import { decide } from "../engine/decide.ts";
import type { Decision } from "../engine/decision.ts";
import { failedDecision } from "../engine/fail.ts";
import { readInvocation } from "../hook/invocation.ts";
import { stderrLines } from "../hook/stderr-lines.ts";
import { decisionLine } from "../log/decision-line.ts";
import { type DescribeInput, describeAll } from "./describe-policy.ts";
import { readCode, readDocumentBytes, readManifestText } from "./descriptors.ts";
import { failedEarlier } from "./failed-earlier.ts";
import { openBundle } from "./open-bundle.ts";
import { RECORD_END, RECORD_START, writeRecord } from "./record.ts";
import { runPolicy } from "./run-policy.ts";
import { PolicyRunner, type RunMode } from "./runner.ts";

async function decideHook(
  digest: string,
  mode: RunMode,
  failed: string,
  port: string,
  words: readonly string[],
): Promise<Decision> {
  const spares = port === "attached";
  try {
    const invocation = readInvocation(words);
    const bundle = openBundle(readManifestText(), readCode(), digest);
    const { limits } = bundle.manifest;
    using runner = new PolicyRunner(limits, mode);
    return await decide(invocation, readDocumentBytes, {
      manifest: bundle.manifest,
      digest,
      run: (policy, input) => runPolicy(runner, policy, bundle.codeOf(policy), input, limits),
      failed: failedEarlier(failed, limits),
      spares,
    });
  } catch (error) {
    return failedDecision(words, error, digest, spares);
  }
}

async function describe(mode: RunMode, failed: string): Promise<string> {
  const input = JSON.parse(readManifestText().toString()) as DescribeInput;
  using runner = new PolicyRunner(input.limits, mode);
  return JSON.stringify(await describeAll(input, readCode(), runner, failedEarlier(failed, input.limits)));
}

async function main(): Promise<void> {
  const [command, digest = "", mode = "shared", failed = "", port = "-", ...words] = process.argv.slice(2);
  writeRecord(RECORD_START);
  if (command === "describe") {
    writeRecord(`described ${await describe(mode as RunMode, failed)}`, RECORD_END);
    return;
  }
  const decision = await decideHook(digest, mode as RunMode, failed, port, words);
  const lines = stderrLines(decision).map((line) => `stderr ${line}`);
  writeRecord(`verdict ${decision.status}`, ...lines, `log ${decisionLine(decision)}`, RECORD_END);
}

void main();
