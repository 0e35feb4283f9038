import { progressLine } from "./progress-line.ts";

/** How often it is shown at most, in milliseconds. */
const PAUSE = 100;

/** Where a terminal does not tell. */
const COLUMNS = 80;

/** Takes the line away, and the cursor to its begin. */
const CLEAR = "\r\u001b[K";

/** A bar on stderr that says how far a command is: on a terminal, and nowhere else. */
export class Progress {
  readonly #total: number;
  readonly #isShown = process.stderr.isTTY === true;
  readonly #start = performance.now();
  #done = 0;
  #last = 0;
  #isThere = false;

  constructor(total: number) {
    this.#total = total;
    this.#show(this.#start);
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
    // what was printed took the line away
    if (text !== "" || now - this.#last >= PAUSE) this.#show(now);
  }

  /** Takes the bar away, so that other output can be written. */
  end(): void {
    if (this.#isThere) process.stderr.write(CLEAR);
    this.#isThere = false;
  }

  #show(now: number): void {
    if (!this.#isShown) return;
    this.#last = now;
    this.#isThere = true;
    const line = progressLine(this.#done, this.#total, now - this.#start, process.stderr.columns || COLUMNS);
    process.stderr.write(`${CLEAR}${line}`);
  }
}
