/** How many units at a word's beginning are looked up before the word is looked for. */
const HEAD = 4;

/** Places in a list: the first, and the one after the last. */
type Range = readonly [start: number, end: number];

/**
 * Words to look for in texts, sorted: of tens of thousands, each place of a text is compared with a few dozen at most,
 * whatever the words are.
 */
export class WordList {
  /** The empty word is the first. */
  readonly #words: readonly string[];
  /** Of each word the longest other one that it begins with. */
  readonly #shorter: Uint32Array;
  /** Of each word one further along these, so that a search along them takes few steps. */
  readonly #jump: Uint32Array;
  /** The words that begin alike. */
  readonly #heads: ReadonlyMap<string, Range>;
  /** Of the words: from `HEAD`, or less, down. */
  readonly #headLengths: readonly number[];
  readonly #longest: number;

  constructor(words: readonly string[]) {
    this.#words = [...new Set(["", ...words])].sort();
    [this.#shorter, this.#jump] = chains(this.#words);
    this.#heads = headsOf(this.#words);
    this.#headLengths = [...new Set([...this.#heads.keys()].map(({ length }) => length))].sort((a, b) => b - a);
    this.#longest = this.#words.reduce((most, { length }) => Math.max(most, length), 0);
  }

  /** How long the longest word is that stands at a place of a text; 0 for none. */
  lengthAt(text: string, at: number): number {
    const range = this.#rangeAt(text, at);
    if (range === undefined) return 0;
    const rest = text.slice(at);
    // whatever stands there: the last word that is not after the text is that word, or begins with it
    let word = this.#firstAfter(rest, range) - 1;
    while (!rest.startsWith(this.#word(word))) {
      const jump = this.#jump[word] ?? 0;
      word = rest.startsWith(this.#word(jump)) ? (this.#shorter[word] ?? 0) : jump;
    }
    return this.#word(word).length;
  }

  /** How many units at a text's end are the beginning of a longer word. */
  lengthAtEnd(text: string): number {
    const all: Range = [0, this.#words.length];
    for (let at = Math.max(0, text.length - this.#longest + 1); at < text.length; at += 1) {
      const range = at + HEAD > text.length ? all : this.#heads.get(text.slice(at, at + HEAD));
      if (range === undefined) continue;
      const rest = text.slice(at);
      if (this.#word(this.#firstAfter(rest, range)).startsWith(rest)) return rest.length;
    }
    return 0;
  }

  #word(index: number): string {
    return this.#words[index] ?? "";
  }

  #rangeAt(text: string, at: number): Range | undefined {
    for (const length of this.#headLengths) {
      const range = this.#heads.get(text.slice(at, at + length));
      if (range !== undefined) return range;
    }
    return undefined;
  }

  /** The first word of a range that is after a text. */
  #firstAfter(text: string, [start, end]: Range): number {
    let [low, high] = [start, end];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#word(middle) <= text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function headsOf(words: readonly string[]): ReadonlyMap<string, Range> {
  const heads = new Map<string, Range>();
  for (let start = 1; start < words.length; ) {
    const head = words[start]?.slice(0, HEAD) ?? "";
    let end = start + 1;
    while (words[end]?.slice(0, HEAD) === head) end += 1;
    heads.set(head, [start, end]);
    start = end;
  }
  return heads;
}

/**
 * Of sorted words, each the longest other that it begins with, and one further along that chain.
 *
 * @see E. W. Myers, "An applicative random-access stack" (1983): jumps that find a place in a chain in logarithmic time
 */
function chains(words: readonly string[]): readonly [shorter: Uint32Array, jump: Uint32Array] {
  const shorter = new Uint32Array(words.length);
  const jump = new Uint32Array(words.length);
  const depth = new Uint32Array(words.length);
  const at = (list: Uint32Array, index: number): number => list[index] ?? 0;
  for (let index = 1; index < words.length; index += 1) {
    let next = index - 1;
    while (!words[index]?.startsWith(words[next] ?? "")) next = at(shorter, next);
    const over = at(jump, next);
    const further = at(jump, over);
    shorter[index] = next;
    depth[index] = at(depth, next) + 1;
    jump[index] = at(depth, next) - at(depth, over) === at(depth, over) - at(depth, further) ? further : next;
  }
  return [shorter, jump];
}
