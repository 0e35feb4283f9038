/** `npm run soak`: many random decisions, each checked, and what they leave behind. */
import { parseArgs } from "node:util";
import { optionsOrStatus } from "../support/run-options.ts";
import { BATCH } from "./compose.ts";
import { type SoakOptions, soak } from "./soak.ts";

const USAGE = `Usage: npm run soak -- [--decisions N] [--seed N] [--from N] [--jobs N]

Makes decisions (10000 unless given) by random bundles of good and bad policies
about random documents at random events, the same ones for a seed (1 unless
given): half of them by the hook, as libvirt calls it, and half in this process.
Checks every verdict, that no process or file is left, and that this process
takes no more descriptors at the end than at the beginning, nor, from 500
decisions on, more memory.
--from begins with a later decision, a multiple of ${BATCH}; N at once (2 unless given).

Exit status: 0 all is well; 1 something is wrong; 64 wrong usage.

Example:
  npm run soak -- --decisions 300 --seed 7
`;

/** How many decisions a line tells about where there is no terminal. */
const LINE = 500;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const read = optionsOrStatus(() => readOptions(args), USAGE);
  if ("status" in read) return read.status;
  const { options } = read;
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const total = options.decisions;
  const progress = (done: number) => {
    const line = `${done} of ${total} decisions, ${(done / seconds()).toFixed(1)} a second`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
    else if (done % LINE === 0) process.stderr.write(`${line}\n`);
  };
  const tally = await soak({ ...options, progress });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  for (const line of [...tally.summary(seconds()), ...tally.problems.map((problem) => `WRONG: ${problem}`)]) {
    console.log(line);
  }
  console.log(tally.problems.length === 0 ? "nothing wrong" : `${tally.problems.length} wrong`);
  return tally.problems.length === 0 ? 0 : 1;
}

function readOptions(args: string[]): SoakOptions | undefined {
  const options = {
    decisions: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    jobs: { type: "string", default: "2" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values.help === true) return undefined;
  return {
    decisions: wholeNumber("decisions", values.decisions, BATCH),
    seed: wholeNumber("seed", values.seed, 1),
    from: wholeNumber("from", values.from, BATCH),
    jobs: Math.max(1, wholeNumber("jobs", values.jobs, 1)),
  };
}

function wholeNumber(option: string, text: string, step: number): number {
  if (/^[0-9]{1,9}$/.test(text) && Number(text) % step === 0) return Number(text);
  const what = step === 1 ? "no whole number" : `no multiple of ${step}`;
  throw new Error(`Cannot run: --${option} is ${what}: ${text}`);
}
