import { readFile } from "../../support/process.ts";

/**
 * How much processor time a process used.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html utime, in ticks of 10 ms
 */
export function processorSeconds(pid: number): number {
  return Number(readFile(pid, "stat").split(") ")[1]?.split(" ")[11]) / 100;
}
