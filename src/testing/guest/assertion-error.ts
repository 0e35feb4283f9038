import { bridge } from "./bridge.ts";

/** Something is not as a test expected it. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
  /** Which of the test's verdicts it is about. */
  readonly verdict: number | undefined;

  constructor(message: string, verdict?: number) {
    super(message);
    this.verdict = verdict;
  }
}

/** Counts an assertion, and throws where it does not hold. */
export function assert(holds: boolean, message: () => string, verdict?: number): void {
  bridge.asserted += 1;
  if (!holds) throw new AssertionError(message(), verdict);
}
