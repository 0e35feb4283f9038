/** The moment at which a decision has to say what it knows. An `AbortSignal` would cost the evaluator more to load. */
export class Deadline {
  readonly #waiting = new Set<() => void>();
  #isOver = false;

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Ends the time; more than once does no harm. */
  end(): void {
    this.#isOver = true;
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /**
   * Calls a function when time is over, unless it is taken back before.
   *
   * @returns Takes it back.
   */
  onEnd(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }
}
