import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command, Measuring } from "./measure.ts";
import { runWell } from "./run.ts";
import { GNU_TIME, PYTHON } from "./tools.ts";

/** wait4's answer holds what Python itself had when it forked, so that less than that cannot be told. */
const BY_PYTHON = `
import os, sys
pid = os.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(pid, 0)
open(sys.argv[1], "w").write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
`;

/**
 * The peak memory of a command's largest process, in bytes; with Python in GNU time's place at least Python's own.
 *
 * @see https://man7.org/linux/man-pages/man2/getrusage.2.html for ru_maxrss, in KiB
 */
export async function peakOf(
  command: Command,
  hasTime: boolean,
  { folder, stdin, signal }: Measuring,
): Promise<number> {
  const file = join(folder, "peak");
  const program = hasTime ? [GNU_TIME, "-q", "-f", "%M", "-o", file] : [PYTHON, "-I", "-S", "-c", BY_PYTHON, file];
  const measured = { ...command, words: [...program, ...command.words] };
  const line = `${stdin.prepare(command.input, command.readers)}; exec ${stdin.line(measured)}`;
  await runWell({ words: ["sh", "-c", line] }, signal);
  return Number(await readFile(file, "utf8")) * 1024;
}

/** The peak memory of a process and all below it, in bytes: the sum of their own peaks, shared pages counted in each. */
export function peakOfTree(root: number): number {
  return treeOf(root).reduce((sum, pid) => sum + 1024 * Number(statusField(pid, "VmHWM") ?? 0), 0);
}

/** A process and all that it started, by id. */
export function treeOf(root: number): readonly number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), Number(statusField(Number(name), "PPid"))] as const);
  const found = [root];
  // grows while it is walked
  for (const pid of found) found.push(...parents.flatMap(([child, parent]) => (parent === pid ? child : [])));
  return found;
}

function statusField(pid: number, field: string): string | undefined {
  try {
    return new RegExp(`^${field}:\\s*(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  } catch {
    // it has ended
    return undefined;
  }
}
