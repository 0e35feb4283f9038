/** `npm run chaos`: guests start while the warm evaluator is killed; every verdict must be the cold one. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { optionsOrStatus, wholeNumber } from "../support/run-options.ts";
import { type ChaosOptions, chaos } from "./chaos.ts";

const USAGE = `Usage: npm run chaos -- [--starts N] [--seed N] [--jobs N]

Starts and ends guests (500 unless given, 4 at once) by the installed hook
script, as libvirt does, beside a warm evaluator. At random moments, the same
ones for a seed (1 unless given) as far as timing allows, SIGKILL hits the
evaluator, its children and the programs that ask it. Each call's exit status,
stdout, stderr and log line must be what they are without a warm evaluator, and
come within the deadline; then the evaluator must answer again, and end without
leaving anything behind. Needs root, for a /run and processes of its own.

Exit status: 0 all is well; 1 something is wrong, or not possible here; 64 wrong
usage.

Example:
  npm run chaos -- --starts 50 --seed 7
`;

/** Set where this program was started by itself, inside its namespaces. */
const INSIDE = "VIRT_WARDEN_TEST_CHAOS";

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const read = optionsOrStatus(() => readOptions(args), USAGE);
  if ("status" in read) return read.status;
  const { options } = read;
  if (process.env[INSIDE] === undefined) return enter(args);
  const began = performance.now();
  const progress = (done: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done} of ${options.starts} guests`);
  };
  const { lines, problems } = await chaos({ ...options, progress });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  for (const line of [...lines, ...problems.map((problem) => `WRONG: ${problem}`)]) console.log(line);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${problems.length === 0 ? "nothing wrong" : `${problems.length} wrong`}, in ${seconds} s`);
  return problems.length === 0 ? 0 : 1;
}

/** Runs this program in namespaces of its own, which end with it. */
function enter(args: readonly string[]): number {
  if (process.getuid?.() !== 0) {
    console.error("Cannot run: only root can make a /run and processes of its own; try sudo");
    return 1;
  }
  const run = mkdtempSync(join(tmpdir(), "virt-warden-chaos-"));
  try {
    const first = ["sh", join(import.meta.dirname, "enter.sh"), run];
    const again = [process.execPath, "--no-node-snapshot", import.meta.filename, ...args];
    const namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
    const { status } = spawnSync("unshare", [...namespaces, ...first, ...again], {
      stdio: "inherit",
      env: { ...process.env, [INSIDE]: "1" },
    });
    return status ?? 1;
  } finally {
    rmSync(run, { recursive: true, force: true });
  }
}

function readOptions(args: string[]): ChaosOptions | undefined {
  const options = {
    starts: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: "4" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values } = parseArgs({ args, options });
  if (values.help === true) return undefined;
  const starts = wholeNumber("starts", values.starts, 4);
  return { starts, seed: wholeNumber("seed", values.seed, 4), jobs: Math.max(1, wholeNumber("jobs", values.jobs, 4)) };
}
