/**
 * The evaluator: the program that runs policies, inside the wall. `bin/evaluate.sh` gives its words:
 * `COMMAND DIGEST LEFT MODE SUSPECT FAILED DENIED SKIPPED INHERITED GLASS`, see {@link EvaluatorWords}; for the command `decide`
 * `PORT HOOK OBJECT OPERATION SUBOPERATION EXTRA` follow, where PORT is `attached` where the port that the document is
 * about belongs to a running guest. `explain` is the same, and tells what policies took of the heap. The other command is
 * `describe`; tests have a program of their own.
 */

import { inAudit } from "../break-glass/in-audit.ts";
import { Deadline } from "../engine/deadline.ts";
import { type Answer, decide } from "../engine/decide.ts";
import { readInvocation } from "../hook/invocation.ts";
import { denialLine } from "../hook/stderr-lines.ts";
import { jsonText } from "../log/json-text.ts";
import { now } from "../now.ts";
import { answerLines, failedAnswer, timeToSay } from "./compose-record.ts";
import { type DescribeInput, describeAll } from "./describe-policy.ts";
import {
  closeDescriptors,
  readCode,
  readDigests,
  readDocumentBytes,
  readGuestsText,
  readManifestText,
} from "./descriptors.ts";
import { type EvaluatorWords, readEvaluatorWords } from "./evaluator-words.ts";
import { failedEarlier } from "./failed-earlier.ts";
import { MemoryUse } from "./memory-use.ts";
import { openBundle } from "./open-bundle.ts";
import { endAtOnce, endFor, RECORD_END, RECORD_START, recordDenial, writeRecord } from "./record.ts";
import { runPolicy } from "./run-policy.ts";
import { runRewrite } from "./run-rewrite.ts";
import { PolicyRunner } from "./runner.ts";

/** What another process needs at least to start and to be of use, in milliseconds. */
const TIME_TO_RESTART = 500;

/** How long this process had run before it began to work, in milliseconds. */
const processMs = now();

async function decideHook(words: EvaluatorWords): Promise<Answer> {
  const { command, digest, mode, suspect, denied, skippedLayers, endsAt, breakGlass, rest } = words;
  const [port, ...call] = rest;
  const spares = port === "attached";
  try {
    const invocation = readInvocation(call);
    const bundle = openBundle(readManifestText(), readCode(), digest, readDigests());
    const { limits } = bundle.manifest;
    const failed = failedEarlier(words.failed, limits);
    const deadline = new Deadline();
    setTimeout(() => deadline.end(), endsAt - timeToSay(endsAt) - now()).unref();
    let isLastRunning = false;
    const giveUp = (name: string): void => {
      if (isLastRunning) return;
      if (now() + TIME_TO_RESTART < endsAt) endFor(name, "timeout");
      deadline.end();
    };
    const memory = command === "explain" ? new MemoryUse() : undefined;
    const runner = new PolicyRunner(limits, mode, giveUp, undefined, { onMeasured: memory?.add });
    const answer = await decide(invocation, readDocumentBytes, {
      manifest: breakGlass === undefined ? bundle.manifest : inAudit(bundle.manifest),
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
      deadline,
      skippedLayers,
      breakGlass,
      durations: {
        processMs,
        get contextsMs() {
          return runner.contextMs;
        },
      },
    });
    return memory?.told(answer) ?? answer;
  } catch (error) {
    return failedAnswer(call, error, { digest, spares, skippedLayers, breakGlass });
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
  } else {
    writeRecord(...answerLines(await decideHook(words)));
  }
  endAtOnce();
}

void main();
