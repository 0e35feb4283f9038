/** `npm run soak:serve`: many decisions by one warm evaluator, each checked, and what it takes by and by. */
import { parseArgs } from "node:util";
import { optionsOrStatus, wholeNumber } from "../support/run-options.ts";
import { LEAST_DECISIONS, MEMORY_TOLERANCE, P99_FACTOR } from "./serve-samples.ts";
import { type ServeSoakOptions, serveSoak } from "./serve-soak.ts";

const USAGE = `Usage: npm run soak:serve -- [--decisions N] [--seed N] [--jobs N]

Has one warm evaluator make decisions (100000 unless given, 4 at once) about
documents of the corpus by good and bad policies, the same ones for a seed (1
unless given), and checks each answer against what is decided without it. Prints
memory, open files and times by and by. Fails where an answer is wrong, where
something is left at the end, and, from ${LEAST_DECISIONS} decisions on, where a process has
more memory in the last third than in the first (by a tenth and ${MEMORY_TOLERANCE / 2 ** 20} MiB) or the
last third's p99 is more than ${P99_FACTOR} times the first's.

Exit status: 0 all is well; 1 something is wrong; 64 wrong usage.

Example:
  npm run soak:serve -- --decisions 3000 --seed 7
`;

/** How many problems are printed; a broken service has one in every decision. */
const PRINTED = 20;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const read = optionsOrStatus(() => readOptions(args), USAGE);
  if ("status" in read) return read.status;
  const { options } = read;
  const began = performance.now();
  const { decisions } = options;
  const progress = (done: number) => {
    if (process.stderr.isTTY && done % 50 === 0) process.stderr.write(`\r\u001b[K${done} of ${decisions} decisions`);
  };
  const { lines, problems } = await serveSoak({ ...options, progress });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  for (const line of lines) console.log(line);
  for (const problem of problems.slice(0, PRINTED)) console.log(`WRONG: ${problem}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${problems.length === 0 ? "nothing wrong" : `${problems.length} wrong`}, in ${seconds} s`);
  return problems.length === 0 ? 0 : 1;
}

function readOptions(args: string[]): ServeSoakOptions | undefined {
  const options = {
    decisions: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "4" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values.help === true) return undefined;
  return {
    decisions: wholeNumber("decisions", values.decisions, 7),
    seed: wholeNumber("seed", values.seed, 7),
    jobs: Math.max(1, wholeNumber("jobs", values.jobs, 7)),
  };
}
