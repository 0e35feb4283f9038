/**
 * The evaluator: the program that runs policies, inside the wall. `bin/evaluate.sh` gives its words:
 * `COMMAND DIGEST LEFT MODE SUSPECT FAILED DENIED SKIPPED INHERITED`, see {@link EvaluatorWords}; for the command `decide`
 * `PORT HOOK OBJECT OPERATION SUBOPERATION EXTRA` follow, where PORT is `attached` where the port that the document is
 * about belongs to a running guest. The other command is `describe`.
 */
import { type Answer, decide } from "../engine/decide.ts";
import { failedDecision } from "../engine/fail.ts";
import { readInvocation } from "../hook/invocation.ts";
import { denialLine, stderrLines } from "../hook/stderr-lines.ts";
import { decisionLine } from "../log/decision-line.ts";
import { jsonText } from "../log/json-text.ts";
import { type DescribeInput, describeAll } from "./describe-policy.ts";
import { closeDescriptors, readCode, readDocumentBytes, readGuestsText, readManifestText } from "./descriptors.ts";
import { type EvaluatorWords, readEvaluatorWords } from "./evaluator-words.ts";
import { failedEarlier } from "./failed-earlier.ts";
import { openBundle } from "./open-bundle.ts";
import { documentLine, endFor, RECORD_END, RECORD_START, recordDenial, writeRecord } from "./record.ts";
import { runPolicy } from "./run-policy.ts";
import { runRewrite } from "./run-rewrite.ts";
import { PolicyRunner } from "./runner.ts";

/** How long before its end by force an evaluator says what it knows, in milliseconds; less where all of it is short. */
const TIME_TO_SAY = 300;

/** What another process needs at least to start and to be of use, in milliseconds. */
const TIME_TO_RESTART = 500;

/** Whether some policy could not be stopped. */
let isPolicyRunning = false;

async function decideHook(words: EvaluatorWords): Promise<Answer> {
  const { digest, mode, suspect, denied, skippedLayers, endsAt, rest } = words;
  const [port, ...call] = rest;
  const spares = port === "attached";
  try {
    const invocation = readInvocation(call);
    const bundle = openBundle(readManifestText(), readCode(), digest);
    const { limits } = bundle.manifest;
    const failed = failedEarlier(words.failed, limits);
    const deadline = new AbortController();
    const abort = (): void => {
      isPolicyRunning = true;
      deadline.abort();
    };
    const sayAt = endsAt - Math.min(TIME_TO_SAY, endsAt / 5);
    setTimeout(abort, sayAt - performance.now()).unref();
    let isLastRunning = false;
    const runner = new PolicyRunner(limits, mode, (name) => {
      isPolicyRunning = true;
      if (isLastRunning) return;
      if (performance.now() + TIME_TO_RESTART < endsAt) endFor(name, "timeout");
      deadline.abort();
    });
    return await decide(invocation, readDocumentBytes, {
      manifest: bundle.manifest,
      digest,
      run: (policy, input, _, isLast) => {
        isLastRunning = isLast;
        return runPolicy(runner, policy, bundle, input, limits);
      },
      // never the last: its check is still to be run
      rewrite: (policy, input) => runRewrite(runner, policy, bundle, input, limits),
      readGuests: readGuestsText,
      failed,
      spares,
      suspect,
      denied,
      onDenial: (finding) => recordDenial(finding.policy, denialLine(finding)),
      deadline: deadline.signal,
      skippedLayers,
    });
  } catch (error) {
    const decision = failedDecision(call, error, digest, spares);
    return { decision: skippedLayers.length === 0 ? decision : { ...decision, skippedLayers } };
  }
}

async function describe({ mode, suspect, failed }: EvaluatorWords): Promise<string> {
  const input = JSON.parse(readManifestText().toString()) as DescribeInput;
  using runner = new PolicyRunner(input.limits, mode, (name) => endFor(name, "timeout"));
  const earlier = failedEarlier(failed, input.limits);
  return jsonText(await describeAll(input, readCode(), runner, suspect, earlier));
}

async function main(): Promise<void> {
  writeRecord(RECORD_START);
  const words = readEvaluatorWords(process.argv.slice(2));
  closeDescriptors(words.inherited);
  if (words.command === "describe") {
    writeRecord(`described ${await describe(words)}`, RECORD_END);
    return;
  }
  const { decision, document } = await decideHook(words);
  const rewritten = document === undefined ? [] : [documentLine(document)];
  const lines = stderrLines(decision).map((line) => `stderr ${line}`);
  writeRecord(`verdict ${decision.status}`, ...rewritten, ...lines, `log ${decisionLine(decision)}`, RECORD_END);
  // an ordinary end would wait for a policy that still runs
  if (isPolicyRunning) process.abort();
}

void main();
