/** Says on stderr what is measured, and how long it will take. */
export class Progress {
  readonly #started = Date.now();
  readonly #seconds: ReadonlyMap<string, number>;
  #done = 0;
  #current = "";
  #shown = "";

  /** @param seconds How long each case takes, about, on a machine as others are. */
  constructor(seconds: ReadonlyMap<string, number>) {
    this.#seconds = seconds;
  }

  /** A case begins; the one before it is done. */
  begin(id: string): void {
    this.#done += this.#seconds.get(this.#current) ?? 0;
    this.#current = id;
  }

  /** What is going on within the case. */
  readonly say = (text: string): void => {
    const line = `bench: ${this.#current === "" ? "" : `${this.#current}: `}${text}, ${this.#left()}`;
    if (line === this.#shown) return;
    this.#shown = line;
    process.stderr.write(`${line}\n`);
  };

  #left(): string {
    const all = [...this.#seconds.values()].reduce((sum, value) => sum + value, 0);
    const spent = (Date.now() - this.#started) / 1000;
    // as fast as what is done was, once that tells something
    const pace = this.#done > 20 ? Math.max(0.2, spent / (this.#done + this.#share())) : 1;
    const left = Math.max(0, all * pace - spent);
    return left < 5
      ? "nearly done"
      : `about ${left >= 90 ? `${Math.round(left / 60)} min` : `${Math.ceil(left / 5) * 5} s`} left`;
  }

  /** Half of what runs, since nobody knows. */
  #share(): number {
    return (this.#seconds.get(this.#current) ?? 0) / 2;
  }
}
