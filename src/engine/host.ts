import { readFileSync } from "node:fs";
import type { Host } from "../../typings/policy.d.ts";

/**
 * The host's name, how many CPUs are online, whatever this process may use of them, and all of its memory (`MemTotal`) in
 * bytes. The kernel's own files say so: `node:os` would take longer to load than they do to read.
 *
 * @see https://man7.org/linux/man-pages/man5/proc_meminfo.5.html and proc_sys_kernel(5)
 */
export function hostFacts(): Host {
  const [, kibibytes] = /^MemTotal:\s*(\d+) kB$/m.exec(read("/proc/meminfo")) ?? [];
  return { hostname: read("/proc/sys/kernel/hostname").trim(), cpus: onlineCpus(), memory: Number(kibibytes) * 1024 };
}

/** @see https://www.kernel.org/doc/Documentation/admin-guide/cputopology.rst */
function onlineCpus(): number {
  try {
    return countCpus(read("/sys/devices/system/cpu/online"));
  } catch {
    // without /sys
    return read("/proc/stat").match(/^cpu\d/gm)?.length ?? 1;
  }
}

/** How many a list such as `0-3,6` names. */
function countCpus(list: string): number {
  return list
    .trim()
    .split(",")
    .map((range) => range.split("-").map(Number))
    .reduce((sum, [first = 0, last = first]) => sum + last - first + 1, 0);
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}
