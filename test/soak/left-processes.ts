import { readdirSync } from "node:fs";
import { readFile } from "../support/process.ts";

/**
 * Marks what this process starts from now on, and what that starts: by its environment, except inside the wall, where
 * there is none and the guest's name is among the words.
 */
export function markProcesses(word: string): void {
  process.env.VIRT_WARDEN_SOAK = word;
}

/** The processes that run with a word in their environment or command line, by id; this one is not among them. */
export function leftProcesses(word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && (readFile(pid, "environ") + readFile(pid, "cmdline")).includes(word));
}

/** This process's children, by id, the dead ones included that nobody waited for. */
export function children(): number[] {
  return readdirSync("/proc/self/task").flatMap((task) =>
    readFile("self", `task/${task}/children`)
      .split(" ")
      .filter((pid) => pid !== "")
      .map(Number),
  );
}
