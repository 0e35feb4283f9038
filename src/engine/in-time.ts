import type { Deadline } from "./deadline.ts";
import type { Decision } from "./decision.ts";

/** What the work of one policy gives, unless the deadline comes first: then undefined. */
export async function inTime<T>(work: () => Promise<T>, deadline: Deadline | undefined): Promise<T | undefined> {
  if (deadline === undefined) return work();
  if (deadline.isOver) return undefined;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const takeBack = deadline.onEnd(() => resolve(undefined));
  try {
    return await Promise.race([work(), promise]);
  } finally {
    takeBack();
  }
}

/** The engine's failure where time ran out. */
export function outOfTime(policy: string, wasReached: boolean): NonNullable<Decision["error"]> {
  const during = wasReached ? `, while policy ${policy} did` : `; policy ${policy} was next`;
  return { code: "deadline", message: `out of time before every policy ran${during}` };
}
