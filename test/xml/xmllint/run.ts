/**
 * Runs the differential test on as many documents as asked for:
 * `node test/xml/xmllint/run.ts [--documents 100000] [--seed 7]`. Exits 1 where there are disagreements.
 */
import { parseArgs } from "node:util";
import { runDifferential } from "./differential.ts";

const { values } = parseArgs({
  options: { documents: { type: "string", default: "20000" }, seed: { type: "string", default: "1" } },
});
const tally = runDifferential(wholeNumber("documents"), wholeNumber("seed"));
for (const line of [...tally.summary(), ...tally.reports]) console.log(line);
process.exitCode = tally.disagreements === 0 ? 0 : 1;

function wholeNumber(option: "documents" | "seed"): number {
  const value = values[option];
  if (!/^[0-9]{1,9}$/.test(value)) throw new RangeError(`Cannot run: --${option} is no whole number: ${value}`);
  return Number(value);
}
