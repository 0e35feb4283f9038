import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { oneOf } from "./choices.ts";
import { compare } from "./compare.ts";
import { CORPUS } from "./corpus.ts";
import { CutDown } from "./cut-down.ts";
import { documents } from "./documents.ts";
import { mutated } from "./mutations.ts";
import { Tally } from "./tally.ts";
import { judge, type Verdict } from "./xmllint.ts";

/** How many documents xmllint reads in one process. */
const BATCH = 500;

/** How long a document that the readers disagree on is shrunk, in milliseconds. */
const SHRINKING = 60_000;

/** How many documents are reported for each way to disagree. */
const REPORTED = 3;

/** Every document of the differential test. */
const every = new CutDown(
  fc.oneof(
    { arbitrary: documents, weight: 4 },
    { arbitrary: mutated(documents), weight: 4 },
    { arbitrary: mutated(oneOf(CORPUS)), weight: 3 },
  ),
);

/**
 * Has virt-warden and libxml2 read random documents, and counts how the two fared. The same seed makes the same
 * documents. Of each way to disagree the first documents are reported, shrunk.
 */
export function runDifferential(count: number, seed: number): Tally {
  const tally = new Tally();
  for (let batch = 0; batch * BATCH < count; batch += 1) {
    const batchSeed = (Math.imul(seed, 0x9e3779b1) + batch) | 0;
    const tried = fc.sample(every, { seed: batchSeed, numRuns: Math.min(BATCH, count - batch * BATCH) });
    for (const [index, verdict] of judge(tried).entries()) {
      const outcome = compare(tried[index] as Buffer, verdict);
      const isReported = outcome.disagreement !== undefined && tally.count(outcome.name) < REPORTED;
      tally.add(outcome);
      if (isReported) tally.report(shrunk(batchSeed, index, outcome.name));
    }
  }
  return tally;
}

/** The smallest document that fast-check finds to disagree in this way, with what repeats it. */
function shrunk(seed: number, index: number, name: string): string {
  let detail = "";
  const property = fc.property(every, (document) => {
    const [verdict] = judge([document]);
    const outcome = compare(document, verdict as Verdict);
    if (outcome.name === name) detail = outcome.disagreement ?? "";
    return outcome.name !== name;
  });
  const { failed, counterexample, counterexamplePath } = fc.check(property, {
    seed,
    path: String(index),
    numRuns: 1,
    interruptAfterTimeLimit: SHRINKING,
  });
  if (!failed || counterexample === null) return `${name}, not found again: seed ${seed}, path ${index}`;
  const [document] = counterexample;
  return `${name}: ${inspectBytes(document)} (${detail}); seed ${seed}, path ${counterexamplePath}`;
}

/** A document as JavaScript can write it: as text where it is UTF-8, else byte by byte. */
function inspectBytes(document: Buffer): string {
  return isUtf8(document)
    ? JSON.stringify(document.toString())
    : `${JSON.stringify(document.toString("latin1"))} as latin1`;
}
