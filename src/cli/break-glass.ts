import { userInfo } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { beginBreakGlass, endBreakGlass } from "../break-glass/change.ts";
import { noteBreakGlass } from "../break-glass/note.ts";
import type { BreakGlass } from "../break-glass/notice.ts";
import { breakGlassState } from "../break-glass/state.ts";
import { noticeLine } from "../break-glass/texts.ts";
import { DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { printable } from "../hook/printable.ts";
import { pathOption } from "./path-option.ts";
import { problemText } from "./problem-text.ts";

const EXAMPLE = `
While it is in force, all policies of the bundle are in mode audit: they judge,
what they find is logged, and they deny and rewrite nothing. An engine failure
still refuses, and so does a policy that runs out of time or memory. It ends by
itself, and with a reboot; each decision's log line says that it held. Without
options: whether it is in force. Only root can begin or end it.

Example:
  # virt-warden break-glass --for 2h --reason "INC-1234: web tier is down"
  # virt-warden break-glass --end`;

interface BreakGlassOptions {
  readonly for?: number;
  readonly reason?: string;
  readonly end?: true;
  readonly bundle: string;
}

/** Adds the command `break-glass`. */
export function registerBreakGlass(program: Command): void {
  program
    .command("break-glass")
    .description("put all policies in audit for a limited time, end that, or tell whether it is so")
    .option("--for <time>", "for how long, such as 30m or 2h, at most 24h (default: 1h)", minutesOption)
    .option("--reason <text>", "why; required to begin", reasonOption)
    .option("--end", "have policies decide by their own modes again")
    .option("--bundle <dir>", "the bundle", pathOption, DEFAULT_BUNDLE)
    .addHelpText("after", EXAMPLE)
    .action(async (options: BreakGlassOptions, command: Command) => {
      const begins = options.for !== undefined || options.reason !== undefined;
      if (begins && options.end) command.error("error: --end takes neither --for nor --reason");
      if (begins && options.reason === undefined) command.error("error: --reason is required: say why");
      process.exitCode = await run(options);
    });
}

/** @returns the exit status. */
async function run({ for: minutes = 60, reason, end, bundle }: BreakGlassOptions): Promise<number> {
  if (reason === undefined && !end) return tell(bundle);
  if (process.geteuid?.() !== 0) {
    console.error("virt-warden: only root can begin or end break-glass: try sudo");
    return 1;
  }
  try {
    return reason === undefined ? await endIt(bundle) : await begin(bundle, minutes, reason);
  } catch (error) {
    console.error(problemText(error, end ? "cannot end break-glass" : "cannot begin break-glass"));
    console.error("virt-warden: nothing has changed");
    return 1;
  }
}

async function begin(dir: string, minutes: number, reason: string): Promise<number> {
  const { manifest, digest } = await readBundle(dir);
  const notice = beginBreakGlass(dir, minutes, { reason, by: caller() });
  console.log(`break-glass is in force for ${printable(dir)}, ${noticeLine(notice)}`);
  note("begins", notice, manifest.log, digest);
  return 0;
}

async function endIt(dir: string): Promise<number> {
  const before = breakGlassState(dir);
  // even where the bundle cannot be read
  if (!endBreakGlass(dir)) {
    console.log(`break-glass was not in force for ${printable(dir)}`);
    return 0;
  }
  console.log(`break-glass is over for ${printable(dir)}: policies decide by their own modes`);
  if (before.state !== "in force") return 0;
  try {
    const { manifest, digest } = await readBundle(dir);
    note("ends", { ...before.notice, by: caller() }, manifest.log, digest);
  } catch (error) {
    const problem = problemText(error, "cannot read the bundle");
    console.error(`virt-warden: warning: the decision log does not say that it ended: ${problem}`);
  }
  return 0;
}

function note(action: "begins" | "ends", notice: BreakGlass, log: string, bundle: string): void {
  const problem = noteBreakGlass(action, { notice, log, bundle });
  if (problem !== undefined) {
    console.error(`virt-warden: warning: cannot write the decision log: ${printable(problem)}`);
  }
}

function tell(dir: string): number {
  const found = breakGlassState(dir);
  const where = `for ${printable(dir)}`;
  if (found.state === "in force") console.log(`break-glass is in force ${where}, ${noticeLine(found.notice)}`);
  else if (found.state === "ended") console.log(`break-glass is over ${where}: it was ${noticeLine(found.notice)}`);
  else if (found.state === "ignored") console.log(`break-glass is ignored ${where}: ${printable(found.problem)}`);
  else console.log(`break-glass is not in force ${where}`);
  return 0;
}

/** Who asks: whoever became root by sudo, as far as that is known. */
function caller(): string {
  return printable(process.env.SUDO_USER || userInfo().username).slice(0, 64);
}

function minutesOption(value: string): number {
  const [, count, unit] = /^([1-9][0-9]{0,3})([mh])$/.exec(value) ?? [];
  const minutes = Number(count) * (unit === "h" ? 60 : 1);
  if (minutes <= 24 * 60) return minutes;
  throw new InvalidArgumentError("It is a time such as 30m or 2h, at most 24h.");
}

/** In UTF-16 units: each decision repeats it. */
const MAX_REASON = 200;

function reasonOption(value: string): string {
  const reason = printable(value).trim();
  if (reason !== "" && reason.length <= MAX_REASON) return reason;
  throw new InvalidArgumentError(`It is a text of at most ${MAX_REASON} characters.`);
}
