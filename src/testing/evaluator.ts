/**
 * The program that runs a file of tests, inside the wall: an evaluator of its own, so that a hook's has nothing of it to
 * load. `bin/evaluate.sh` gives it the evaluator's words, the command being `test`.
 */

import { jsonText } from "../log/json-text.ts";
import { closeDescriptors, readCode, readManifestText } from "../sandbox/descriptors.ts";
import { readEvaluatorWords } from "../sandbox/evaluator-words.ts";
import { endAtOnce, RECORD_END, RECORD_START, writeRecord } from "../sandbox/record.ts";
import { runTestFile, type TestInput } from "./run-test-file.ts";

async function main(): Promise<void> {
  writeRecord(RECORD_START);
  const words = readEvaluatorWords(process.argv.slice(2));
  closeDescriptors(words.inherited);
  const input = JSON.parse(readManifestText().toString()) as TestInput;
  writeRecord(`described ${jsonText(await runTestFile(input, readCode(), words))}`, RECORD_END);
  endAtOnce();
}

void main();
