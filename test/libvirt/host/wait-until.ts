import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until something holds, asking ten times a second.
 *
 * @param what - For the error: what is waited for.
 * @param limit - In milliseconds.
 * @throws {Error} When the time limit has passed.
 */
export async function waitUntil(what: string, holds: () => boolean | Promise<boolean>, limit = 60_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Cannot see ${what}: not so after ${limit} ms`);
    await sleep(100);
  }
}
