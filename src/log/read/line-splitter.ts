/** In bytes. virt-warden writes lines of 160 KiB at most. */
const MAX_LINE = 2 ** 20;

const NEWLINE = 0x0a;

/** Takes a log apart into lines, in pieces of any size, in constant memory. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #length = 0;
  #isTooLong = false;

  /** How many bytes of a line without its end are held, or were left out since they are too many. */
  get pending(): number {
    return this.#length;
  }

  /** The lines that a piece completes, without their ends; undefined for one that is longer than any of virt-warden's. */
  *take(piece: Buffer): Generator<string | undefined> {
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, from)) {
      this.#hold(piece.subarray(from, end));
      from = end + 1;
      yield this.#line();
    }
    // what is held stays when its piece is filled anew
    this.#hold(Buffer.from(piece.subarray(from)));
  }

  /** The last line, where it has no end; it is not held any more. */
  *end(): Generator<string | undefined> {
    if (this.#length > 0) yield this.#line();
  }

  #hold(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > MAX_LINE) {
      this.#isTooLong = true;
      this.#parts = [];
    }
    if (!this.#isTooLong) this.#parts.push(part);
  }

  #line(): string | undefined {
    const line = this.#isTooLong ? undefined : Buffer.concat(this.#parts).toString();
    this.#parts = [];
    this.#length = 0;
    this.#isTooLong = false;
    return line;
  }
}
