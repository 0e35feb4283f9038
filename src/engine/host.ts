import { readFileSync } from "node:fs";
import { cpus, hostname, totalmem } from "node:os";
import type { Host } from "../../typings/policy.d.ts";
import { cpuset } from "../helpers/cpuset.ts";

/** Which CPUs are online, as `0-3,6`, whatever this process may use of them. */
const ONLINE = "/sys/devices/system/cpu/online";

/** The host's name, how many CPUs are online, and all of its memory (`MemTotal` of `/proc/meminfo`) in bytes. */
export function hostFacts(): Host {
  return { hostname: hostname(), cpus: onlineCpus(), memory: totalmem() };
}

/** @see https://www.kernel.org/doc/Documentation/admin-guide/cputopology.rst */
function onlineCpus(): number {
  try {
    return cpuset(readFileSync(ONLINE, "utf8").trim()).length;
  } catch {
    // without /sys: Node reads each CPU's files, which takes long on large hosts
    return cpus().length;
  }
}
