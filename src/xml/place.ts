/** Where something is in a document: line, and character in that line, both 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Tells the places of growing offsets into a text in one pass over it, however long its lines are. */
export class PlaceFinder {
  readonly #text: string;
  readonly #hasPairs: boolean;
  #line = 1;
  #lineStart = 0;
  #nextBreak: number;
  #counted = 0;
  #pairs = 0;

  /** @param text A text whose lines end with `\n` alone. */
  constructor(text: string) {
    this.#text = text;
    this.#hasPairs = /[\uD800-\uDBFF]/.test(text);
    this.#nextBreak = nextBreak(text, 0);
  }

  /** @param offset In UTF-16 units; no smaller than that of the call before. */
  find(offset: number): Place {
    while (this.#nextBreak < offset) {
      this.#line += 1;
      this.#lineStart = this.#nextBreak + 1;
      this.#nextBreak = nextBreak(this.#text, this.#lineStart);
      this.#counted = this.#lineStart;
      this.#pairs = 0;
    }
    if (this.#hasPairs) this.#countPairs(offset);
    return { line: this.#line, column: offset - this.#lineStart - this.#pairs + 1 };
  }

  /** Counts the characters that take two UTF-16 units, so that a column counts each once. */
  #countPairs(offset: number): void {
    for (; this.#counted < offset; this.#counted += 1) {
      const unit = this.#text.charCodeAt(this.#counted);
      if (unit >= 0xdc00 && unit <= 0xdfff) this.#pairs += 1;
    }
  }
}

/** The place of one offset, in UTF-16 units, in a text whose lines end with `\n` alone. */
export function placeOf(text: string, offset: number): Place {
  const unit = text.charCodeAt(offset);
  const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff;
  return new PlaceFinder(text).find(isSecondHalf ? offset - 1 : offset);
}

function nextBreak(text: string, from: number): number {
  const found = text.indexOf("\n", from);
  return found === -1 ? text.length : found;
}
