import { setTimeout as sleep } from "node:timers/promises";
import { type Ended, LAUNCHER, start } from "../support/launcher.ts";
import { leftFiles } from "../support/left-files.ts";
import { processesWith, readFile, statusOf } from "../support/process.ts";

/** A run of the launcher or of an installed script, with what it took and what it left. */
export interface Measured extends Ended {
  /** From the start to the end of the program and of everything that holds its stdout or stderr. */
  readonly seconds: number;
  /** The most that one process of the run had resident, as the kernel keeps it (`VmHWM`), shared program text included. */
  readonly peakBytes: number;
  /** The most private writable memory that one process of the run had: what the wall's data limit counts (`VmData`). */
  readonly peakData: number;
  /** How many times the evaluator was started: again without a policy that ended it, or with that one alone. */
  readonly evaluators: number;
  /** Processes of the run that still run after its end, by id. */
  readonly left: readonly number[];
  /** Files with what was on stdin that are there after the end, by path; a stdin that is only this run's tells them. */
  readonly leftFiles: readonly string[];
}

/** How the wall calls the Node that runs policies. */
const EVALUATOR = "/proc/self/fd/6";

/** How often the run's processes are looked at, in milliseconds. */
const INTERVAL = 8;

/** What a killed process may take to be gone, in milliseconds. */
const GONE = 500;

/** A word for the guest's name that no other process has in its command line. */
export function uniqueGuest(): string {
  return `guest-${process.pid}-${Math.random().toString(36).slice(2)}`;
}

/**
 * Runs a program to its end and measures it with everything that it starts.
 *
 * @param words The program's words, for the launcher such as `hook --bundle DIR qemu GUEST prepare begin -`.
 * @param marker One of them that only this run has, such as {@link uniqueGuest} gives: it tells the run's own processes.
 */
export async function runMeasured(
  words: readonly string[],
  stdin: string | Uint8Array,
  marker: string,
  program: string = LAUNCHER,
): Promise<Measured> {
  const document = Buffer.from(stdin as Uint8Array);
  const seen = new Map<number, string>();
  const evaluators = new Set<number>();
  let peakBytes = 0;
  let peakData = 0;
  const started = performance.now();
  const { child, ended } = start(program, words, stdin);
  const look = () => {
    for (const pid of descendants(child.pid ?? 0)) {
      if (!seen.has(pid)) seen.set(pid, startOf(pid));
      if (!evaluators.has(pid) && readFile(pid, "cmdline").startsWith(EVALUATOR)) evaluators.add(pid);
      peakBytes = Math.max(peakBytes, bytesOf(pid, "VmHWM"));
      peakData = Math.max(peakData, bytesOf(pid, "VmData"));
    }
  };
  const timer = setInterval(look, INTERVAL);
  try {
    const end = await ended;
    const seconds = (performance.now() - started) / 1000;
    clearInterval(timer);
    const left = await stillThere(seen, marker);
    const files = leftFiles((contents) => document.length > 0 && contents.equals(document));
    return { ...end, seconds, peakBytes, peakData, evaluators: evaluators.size, left, leftFiles: files };
  } finally {
    clearInterval(timer);
  }
}

/** A process and all that it started, as far as they run. */
function descendants(pid: number): number[] {
  const children = readFile(pid, `task/${pid}/children`).trim();
  return [pid, ...(children === "" ? [] : children.split(" ").flatMap((each) => descendants(Number(each))))];
}

/** A size of `/proc/PID/status`; 0 once the process has ended. */
function bytesOf(pid: number, key: string): number {
  return Number(statusOf(pid, key)[0] ?? 0) * 1024;
}

/** When a process started, in ticks since boot: ids are given anew. Empty for one that has ended. */
function startOf(pid: number): string {
  const stat = readFile(pid, "stat");
  // the command's name, in parentheses, may hold anything; the state follows it
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "" : (fields[19] ?? "");
}

async function stillThere(seen: ReadonlyMap<number, string>, marker: string): Promise<number[]> {
  for (const deadline = performance.now() + GONE; ; await sleep(INTERVAL)) {
    const alive = [...seen].filter(([pid, began]) => began !== "" && startOf(pid) === began).map(([pid]) => pid);
    const left = [...new Set([...alive, ...processesWith(marker)])];
    if (left.length === 0 || performance.now() > deadline) return left;
  }
}
