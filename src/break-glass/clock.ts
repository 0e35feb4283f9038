import { readFileSync } from "node:fs";

/** The kernel's identifier of this boot. */
export function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/** Centiseconds since boot, also those that the host slept. */
export function uptime(): number {
  const [seconds = ""] = readFileSync("/proc/uptime", "utf8").split(" ");
  return Math.floor(Number(seconds) * 100);
}
