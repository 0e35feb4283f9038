import type { Decision } from "./decision.ts";

/** What the work of one policy gives, unless the signal comes first: then undefined. */
export async function inTime<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (signal === undefined) return work();
  if (signal.aborted) return undefined;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const onAbort = (): void => resolve(undefined);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([work(), promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** The engine's failure where time ran out. */
export function outOfTime(policy: string, wasReached: boolean): NonNullable<Decision["error"]> {
  const during = wasReached ? `, while policy ${policy} did` : `; policy ${policy} was next`;
  return { code: "deadline", message: `out of time before every policy ran${during}` };
}
