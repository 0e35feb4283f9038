import { setTimeout as sleep } from "node:timers/promises";
import { newIn, type Surroundings, surroundings } from "./surroundings.ts";

/** Processes end, and the kernel takes their namespaces away, a moment after they were told to. In milliseconds. */
const PATIENCE = 10_000;

/**
 * What is there that was not there before, and stays.
 *
 * @param ancestor As {@link surroundings} takes it.
 * @param isOurs Which lines count, where others use the machine as well.
 * @returns A line each: `mount /run/x (tmpfs none/)`. Empty where nothing is left.
 */
export async function leftBehind(
  before: Surroundings,
  ancestor: number,
  isOurs: (line: string) => boolean = () => true,
): Promise<readonly string[]> {
  const look = () => newIn(surroundings(ancestor), before).filter(isOurs);
  let left = look();
  for (const end = performance.now() + PATIENCE; left.length > 0 && performance.now() < end; left = look()) {
    await sleep(200);
  }
  return left;
}
