import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine } from "../support/process.ts";
import { processes } from "./killer.ts";

/** What the service's end may leave for a moment, in milliseconds. */
const GONE = 3000;

/** What a hook keeps in /run, for the next one. */
const KEPT = /^virt-warden(?:\/(?:turns|starts|trusted)(?:\/[^.].*)?)?$/;

/**
 * What is left when the service has ended.
 *
 * @param before The processes that were there before it.
 */
export async function left(before: ReadonlySet<number>): Promise<string[]> {
  const look = () => [
    ...processes()
      .filter((pid) => !before.has(pid) && commandLine(pid).join("") !== "")
      .map((pid) => `a process is left: ${pid} ${commandLine(pid).join(" ")}`),
    // all of it is this run's own
    ...readdirSync("/run", { recursive: true, encoding: "utf8" })
      .filter((name) => !KEPT.test(name))
      .map((name) => `a file is left: /run/${name}`),
  ];
  for (const end = performance.now() + GONE; performance.now() < end && look().length > 0; ) await sleep(50);
  return look();
}
