import { MASK } from "./found-secrets.ts";
import { formsOf } from "./secret-forms.ts";
import { WordList } from "./word-list.ts";

/** What stands where a text was cut, by `cutText` or within the sandbox. */
const CUT = /…(?= \((?:and )?\d+ (?:characters )?more\))/;

/** The same in the engine's own words, which cut what they quote of a document. */
const QUOTE_CUT = /…/;

/** From this length on, in UTF-16 units, a text may have been cut without a mark: an error that left its isolate is. */
const LONG = 2000;

/**
 * Puts a mask in place of every secret in texts, also where it is written as JSON, XML or an address would have it. The
 * longest secret goes first, so that nothing is left of one that begins with another. Where a text was cut within a
 * secret, so is its beginning.
 *
 * What a policy makes of a secret otherwise, such as its letters in reverse, cannot be known.
 */
export class Scrubber {
  readonly #secrets: ReadonlySet<string>;
  #words: WordList | undefined;

  /** @param secrets Their texts, as `maskSecrets` gives them; an empty one is none. */
  constructor(secrets: readonly string[]) {
    this.#secrets = new Set(secrets.filter((secret) => secret !== ""));
  }

  /** Whether there is no secret. */
  get isIdle(): boolean {
    return this.#secrets.size === 0;
  }

  /** One for more secrets: the same where it knows them. */
  with(secrets: readonly string[]): Scrubber {
    const isKnown = secrets.every((secret) => secret === "" || this.#secrets.has(secret));
    return isKnown ? this : new Scrubber([...this.#secrets, ...secrets]);
  }

  /**
   * Masks secrets in every text of plain data, keys included.
   *
   * @param value What JSON can hold.
   * @returns The same object where there is nothing to mask.
   */
  scrub<T>(value: T): T {
    return this.isIdle ? value : (this.#scrubbed(value) as T);
  }

  /** Masks secrets in the engine's own words, which may quote the document. */
  scrubQuotes(text: string): string {
    return this.isIdle ? text : this.#text(text, QUOTE_CUT);
  }

  #scrubbed(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value, CUT);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) {
      const list = value.map((each) => this.#scrubbed(each));
      return list.some((each, index) => each !== value[index]) ? list : value;
    }
    const before = Object.entries(value);
    const after = before.map(([key, each]) => [this.#text(key, CUT), this.#scrubbed(each)] as const);
    const isChanged = after.some(([key, each], index) => key !== before[index]?.[0] || each !== before[index]?.[1]);
    return isChanged ? Object.fromEntries(after) : value;
  }

  #text(text: string, cut: RegExp): string {
    // once, and not before there is anything to scrub
    this.#words ??= new WordList([...this.#secrets].flatMap(formsOf));
    const words = this.#words;
    const parts = masked(text, words).split(cut);
    const last = parts.length - 1;
    return parts
      .map((part, index) => (index < last || part.length >= LONG ? withoutStart(part, words) : part))
      .join("…");
  }
}

/** A text without the beginning of a secret at its end. */
function withoutStart(text: string, words: WordList): string {
  const length = words.lengthAtEnd(text);
  return length === 0 ? text : `${text.slice(0, -length)}${MASK}`;
}

function masked(text: string, words: WordList): string {
  let [result, from, at] = ["", 0, 0];
  while (at < text.length) {
    const length = words.lengthAt(text, at);
    if (length === 0) {
      at += 1;
    } else {
      result += `${text.slice(from, at)}${MASK}`;
      at += length;
      from = at;
    }
  }
  return from === 0 ? text : `${result}${text.slice(from)}`;
}
