import type { Decision } from "../../src/engine/decision.ts";

/** What a decision came to, whichever way it was made. */
export interface Verdict {
  readonly status: number | null;
  /** What the decision log or the engine says of it; none where the hook logged nothing. */
  readonly decision: Decision | undefined;
  /** What the hook said; none in the soak's own process. */
  readonly stderr?: string;
  /** What is wrong with how it was given. */
  readonly problems: readonly string[];
}

/** How long a decision may take with all that it waits for, in milliseconds; whatever takes longer hangs. */
const PATIENCE = 60_000;

/** What some work gives; an error where it takes too long. */
export async function inTime<T>(work: Promise<T>, stop: () => void = () => {}): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    stop();
    reject(new Error(`no answer within ${PATIENCE / 1000} s`));
  }, PATIENCE);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
