/** How often it is shown at most, in milliseconds. */
const PAUSE = 100;

/** Takes the line away, and the cursor to its begin. */
const CLEAR = "\r\u001b[K";

/** A line on stderr that says how far a command is: on a terminal, and nowhere else. */
export class Progress {
  readonly #total: number;
  readonly #isShown = process.stderr.isTTY === true;
  #done = 0;
  #last = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /**
   * Notes that one more is done, and prints what there is to say of it.
   *
   * @param text for stdout; "" for nothing.
   */
  print(text: string): void {
    if (text !== "") {
      this.end();
      process.stdout.write(text);
    }
    this.#done++;
    const now = performance.now();
    if (!this.#isShown || now - this.#last < PAUSE) return;
    this.#last = now;
    process.stderr.write(`${CLEAR}${this.#done} of ${this.#total}`);
  }

  /** Takes the line away, so that other output can be written. */
  end(): void {
    if (this.#last > 0) process.stderr.write(CLEAR);
    this.#last = 0;
  }
}
