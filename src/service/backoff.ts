/** In milliseconds. */
const FIRST = 100;
const LONGEST = 5000;

/** How long to wait before something is started again that ended at once: each time twice as long, up to 5 s. */
export class Backoff {
  #failures = 0;

  /** How often it failed in a row. */
  get failures(): number {
    return this.#failures;
  }

  /** It failed. */
  failed(): void {
    this.#failures += 1;
  }

  /** It came through. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** In milliseconds; none where it did not fail. */
  get delay(): number {
    return this.#failures === 0 ? 0 : Math.min(LONGEST, FIRST * 2 ** (this.#failures - 1));
  }
}
