import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The processes whose command line has a word, by id. */
export function processesWith(word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && commandLine(pid).includes(word));
}

/** A process's words; none once it has ended. */
export function commandLine(pid: number): string[] {
  return readFile(pid, "cmdline").split("\0");
}

/** A file of `/proc/PID`; empty once the process has ended. */
export function readFile(pid: number | "self", name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}

/** A line of `/proc/PID/status`, such as `Uid`, as its words. */
export function statusOf(pid: number, key: string): string[] {
  const line = readFile(pid, "status")
    .split("\n")
    .find((each) => each.startsWith(`${key}:`));
  return (
    line
      ?.slice(key.length + 1)
      .trim()
      .split(/\s+/) ?? []
  );
}

/** What a process's namespace of a kind is, as `net:[4026531840]`. */
export function namespaceOf(pid: number | "self", kind: string): string {
  return readlinkSync(`/proc/${pid}/ns/${kind}`);
}

/**
 * Waits until something is there.
 *
 * @param limit After how many milliseconds to fail.
 */
export async function waitFor<T>(look: () => T | undefined, limit = 10_000): Promise<T> {
  for (const end = performance.now() + limit; performance.now() < end; await sleep(50)) {
    const found = look();
    if (found !== undefined) return found;
  }
  throw new Error(`what was waited for did not come within ${limit / 1000} s`);
}
