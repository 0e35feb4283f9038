/**
 * The warm evaluator: a program that runs policies, decision after decision, inside the wall. It is asked and answers on
 * descriptor 3, in frames (`frame.ts`, `warm-call.ts`); the bundle's files are on descriptors 4 and 5, as the evaluator
 * of one decision has them: whoever opened them has checked their digests. Its words: `INHERITED`, the descriptors that the
 * caller left open.
 */
import { writeSync } from "node:fs";
import { codeOfSlice } from "../bundle/policy-slice.ts";
import { readManifest } from "../bundle/read-manifest.ts";
import { closeDescriptors, readCode, readManifestText } from "./descriptors.ts";
import { readFrame, writeFrame } from "./frame.ts";
import { BEAT, PREPARE, READY } from "./warm-call.ts";
import { WarmPolicies } from "./warm-policies.ts";

const STDERR = 2;
const CHANNEL = 3;

async function main(): Promise<void> {
  closeDescriptors((process.argv[2] ?? "").split(",").filter(Boolean).map(Number));
  const code = readCode();
  const codeOf = ({ offset, length }: { readonly offset: number; readonly length: number }): string =>
    codeOfSlice(code.subarray(offset, offset + length));
  const policies = new WarmPolicies(readManifest(readManifestText().toString()), codeOf);
  policies.prepare();
  writeFrame(CHANNEL, [READY]);
  for (let ask = readFrame(CHANNEL); ask !== undefined; ask = readFrame(CHANNEL)) {
    if (ask.length === 1 && ask[0] === PREPARE) policies.prepare();
    else writeFrame(CHANNEL, await policies.answer(ask, () => writeFrame(CHANNEL, [BEAT])));
  }
}

main().catch((error: unknown) => {
  writeSync(STDERR, `virt-warden: warm evaluator: ${error instanceof Error ? error.stack : String(error)}\n`);
  // an isolate's thread may be stuck, and exit would wait for it
  process.abort();
});
