/** `npm run differential`: the differential test on as many documents as asked for. */
import { parseArgs } from "node:util";
import { runDifferential } from "./differential.ts";

const USAGE = `Usage: npm run differential -- [--documents N] [--seed N]

Makes documents (20000 unless given), the same ones for a seed (1 unless given),
and compares what virt-warden and libxml2's xmllint make of each.

Exit status: 0 they agree; 1 they do not; 64 wrong usage.

Example:
  npm run differential -- --documents 100000 --seed 7
`;

process.exitCode = main(process.argv.slice(2));

function main(args: string[]): number {
  let numbers: { readonly documents: number; readonly seed: number } | undefined;
  try {
    numbers = readNumbers(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return 64;
  }
  if (numbers === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const tally = runDifferential(numbers.documents, numbers.seed);
  for (const line of [...tally.summary(), ...tally.reports]) console.log(line);
  return tally.disagreements === 0 ? 0 : 1;
}

function readNumbers(args: string[]): { documents: number; seed: number } | undefined {
  const options = {
    documents: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values.help === true) return undefined;
  return { documents: wholeNumber("documents", values.documents), seed: wholeNumber("seed", values.seed) };
}

function wholeNumber(option: string, text: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new Error(`Cannot run: --${option} is no whole number: ${text}`);
}
