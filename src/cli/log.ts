import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { printable } from "../hook/printable.ts";
import type { DecisionFilter } from "../log/read/decision-filter.ts";
import { followLog } from "../log/read/follow-log.ts";
import { logPlace } from "../log/read/log-place.ts";
import { linesOf, neededLogs, readLog } from "../log/read/read-log.ts";
import { readTime, type TimeRange } from "../log/read/read-time.ts";
import { LogOutput } from "./log-output.ts";
import { pathOption } from "./path-option.ts";
import { warnOf } from "./warn-of.ts";

interface LogOptions {
  readonly file?: string;
  readonly bundle?: string;
  readonly guest?: string;
  readonly policy?: string;
  readonly decision?: "allow" | "deny" | "failed";
  readonly since?: TimeRange;
  readonly until?: TimeRange;
  readonly lines?: number;
  readonly follow?: true;
  readonly json?: true;
  readonly summary?: true;
}

/** How many decisions are shown before those that come. */
const LINES_BEFORE = 10;

const EXAMPLE = `
Times are UTC. A time is a day (2026-01-31; --until includes it), a moment
(2026-01-31T10:00, or with a zone, +01:00), or how long ago: 90s, 30m, 2h, 7d,
2w. With --since or --until, logs that logrotate put aside are read as well,
as far back as is asked for: .1, .2.gz, .zst, and names with dates.

--follow shows the last ${LINES_BEFORE} decisions (--lines), then each that comes, over
rotation, until Ctrl-C. --json passes lines on as the log has them.

Exit status: 0; 1 the log cannot be read; 64 wrong usage. Lines that are
damaged are left out, and counted on stderr.

Example:
  $ virt-warden log --since 7d --decision deny --guest 'build-*'
  2026-01-31 10:00:00Z  DENY   build-7 qemu/prepare
    deny by no-host-passthrough: CPU mode host-passthrough ties the guest to
      this host (at cpu/@mode)`;

/** Adds the command `log`. */
export function registerLog(program: Command): void {
  program
    .command("log")
    .description("show the decision log to people: what was decided, and why")
    .option("--file <file>", "the log (default: the one that the bundle names)", pathOption)
    .option("--bundle <dir>", `the bundle that names the log (default: "${DEFAULT_BUNDLE}")`, pathOption)
    .option("--follow", "go on with what comes")
    .option("--guest <glob>", "only of guests or networks with such a name: * and ?")
    .option("--policy <name>", "only where this policy denied, warned, failed or changed")
    .addOption(
      new Option("--decision <which>", "only those; failed: a policy or virt-warden did").choices([
        "allow",
        "deny",
        "failed",
      ]),
    )
    .option("--since <time>", "only from then on", timeOption)
    .option("--until <time>", "only before", timeOption)
    .option("--lines <count>", "only the last ones", countOption)
    .option("--summary", "add up: denials by policy, failures, the slowest")
    .option("--json", "one JSON object a line")
    .addHelpText("after", EXAMPLE)
    .action(showLog);
}

async function showLog(options: LogOptions, command: Command): Promise<void> {
  refuseContradictions(options, command);
  const { file, bundle, since, until, follow } = options;
  const log = resolve(file ?? logPlace(bundle ?? DEFAULT_BUNDLE, bundle !== undefined));
  const filter: DecisionFilter = {
    ...(options.guest !== undefined && { guest: options.guest }),
    ...(options.policy !== undefined && { policy: options.policy }),
    ...(options.decision !== undefined && { decision: options.decision }),
    ...(since !== undefined && { since: since.from }),
    ...(until !== undefined && { until: until.to }),
  };
  const output = new LogOutput(filter, options, follow ? (options.lines ?? LINES_BEFORE) : options.lines);
  try {
    if (follow) await followAll(log, filter, output);
    else for await (const line of readLog(log, filter, warnOf)) if (!(await output.take(line))) break;
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    process.stderr.write(`virt-warden: cannot read the log: ${printable(error.message)}\n`);
    process.exitCode = 1;
  }
  await output.end();
}

/** @returns when Ctrl-C ended it, or nobody reads any more. */
async function followAll(log: string, filter: DecisionFilter, output: LogOutput): Promise<void> {
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end.abort());
  process.stdout.once("error", () => end.abort());
  for await (const line of rotatedBefore(log, filter)) await output.take(line);
  for await (const followed of followLog(log, end.signal)) {
    const goesOn = followed === "all read" ? await output.allRead() : await output.take(followed.line);
    if (!goesOn) return;
  }
}

/** The lines of the logs that were put aside; none where the log is not there yet. */
async function* rotatedBefore(log: string, filter: DecisionFilter): AsyncGenerator<string | undefined> {
  const needed = await neededLogs(log, filter, warnOf).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const { file } of needed) yield* linesOf(file);
}

function refuseContradictions({ follow, until, summary, lines, json }: LogOptions, command: Command): void {
  const pairs = [
    ["--follow", follow, "--until", until],
    ["--follow", follow, "--summary", summary],
    ["--summary", summary, "--lines", lines],
    ["--summary", summary, "--json", json],
  ] as const;
  for (const [one, isOne, other, isOther] of pairs) {
    if (isOne !== undefined && isOther !== undefined) command.error(`error: ${one} and ${other} exclude each other`);
  }
}

function timeOption(value: string): TimeRange {
  const time = readTime(value, Date.now());
  if (time !== undefined) return time;
  throw new InvalidArgumentError("It is no time: write 2026-01-31, 2026-01-31T10:00Z, or 2h for two hours ago.");
}

function countOption(value: string): number {
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It is a number from 1 to 999999.");
}
