/** `npm run test:libvirt`: every scenario with a real libvirt, its time, its outcome, and what is left of all of them. */
import { spawnSync } from "node:child_process";
import { chmodSync, globSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { missingForLibvirt } from "./host/requirements.ts";
import { leftBehind } from "./run/left-behind.ts";
import { runScenarios, seconds } from "./run/scenarios.ts";
import { surroundings } from "./run/surroundings.ts";
import { readWarmCounts, warmLines } from "./run/warm-counts.ts";
import { WARM } from "./served.ts";

const USAGE = `Usage: npm run test:libvirt -- [--jobs N] [--warm] [NAME…]

Runs the tests of test/libvirt: a real libvirtd with real guests, on private
hosts that share nothing with the machine's own libvirt. Needs root. Prints each
scenario with its time and outcome, then whether a process, namespace, mount,
control group or file is left behind. With NAME, only the files whose name has
one of the names in it. N files at once (2 unless given). With --warm each host
on which the hooks are installed has a warm evaluator, and it is said how many
decisions that made.

Exit status: 0 all passed and nothing is left; 1 not so, or not possible here;
64 wrong usage.

Example:
  npm run test:libvirt -- migration restore
  npm run test:libvirt -- --warm
`;

/** Set where this program was started by tini, which gets all processes whose parents ended. */
const INSIDE = "VIRT_WARDEN_TEST_LIBVIRT";

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const asked = readWords(args);
  if (typeof asked === "number") return asked;
  const missing = missingForLibvirt();
  if (missing) {
    console.error(`Cannot run the tests with a real libvirt: ${missing}`);
    return 1;
  }
  if (process.env[INSIDE] === undefined) {
    const { status } = spawnSync("tini", ["-s", "--", process.execPath, ...process.argv.slice(1)], {
      stdio: "inherit",
      env: { ...process.env, [INSIDE]: "1" },
    });
    return status ?? 1;
  }
  return runAll(asked);
}

interface Asked {
  readonly files: readonly string[];
  readonly jobs: number;
  readonly isWarm: boolean;
}

async function runAll({ files, jobs, isWarm }: Asked): Promise<number> {
  const before = surroundings(process.ppid);
  const began = performance.now();
  // a temporary folder of its own: what is in it at the end was left behind
  const folder = mkdtempSync(join(tmpdir(), "vw-live-"));
  chmodSync(folder, 0o755);
  const counts = mkdtempSync(join(tmpdir(), "vw-warm-"));
  const env = { ...process.env, TMPDIR: folder, ...(isWarm && { [WARM]: counts }) };
  const { passed, failed, skipped, files: times } = await runScenarios(files, jobs, env, console.log);
  console.log();
  for (const [file, time] of times) console.log(`${seconds(time)} ${file}`);
  const outcomes = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  console.log(`${seconds(performance.now() - began)} in all: ${outcomes.join(", ")}`);
  if (isWarm) for (const line of warmLines(readWarmCounts(counts))) console.log(line);
  rmSync(counts, { recursive: true });
  const inFolder = readdirSync(folder).map((name) => `file ${join(folder, name)}`);
  rmSync(folder, { recursive: true, force: true });
  // tests of others that run meanwhile make their folders beside ours
  const isOurs = (line: string) => !line.startsWith(`file ${join(tmpdir(), "virt-warden-")}`);
  const left = [...inFolder, ...(await leftBehind(before, process.ppid, isOurs))];
  console.log(
    left.length === 0 ? "nothing left behind" : `left behind:\n${left.map((line) => `  ${line}`).join("\n")}`,
  );
  return failed === 0 && passed > 0 && left.length === 0 ? 0 : 1;
}

function readWords(args: string[]): number | Asked {
  try {
    const options = {
      jobs: { type: "string", default: "2" },
      warm: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help === true) {
      process.stdout.write(USAGE);
      return 0;
    }
    if (!/^[1-9]\d?$/.test(values.jobs))
      throw new Error(`Cannot run: --jobs is no number from 1 to 99: ${values.jobs}`);
    // it runs some of the others
    const isRun = (file: string) => !values.warm || file !== "warm.test.ts";
    const all = globSync("**/*.test.ts", { cwd: import.meta.dirname })
      .filter(isRun)
      .sort();
    const chosen = all.filter((file) => positionals.length === 0 || positionals.some((name) => file.includes(name)));
    if (chosen.length === 0)
      throw new Error(`Cannot run: no file of test/libvirt has ${positionals.join(" or ")} in its name`);
    return {
      files: chosen.map((file) => join(import.meta.dirname, file)),
      jobs: Number(values.jobs),
      isWarm: values.warm,
    };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return 64;
  }
}
