import { RequestError } from "./request-error.ts";
import { parseHeader, type RequestHeader } from "./request-header.ts";

/** A call of the hook that wants an answer. */
export interface Request {
  /** SHA-256 of the manifest that the asker's bundle names, in hex; undefined where the asker could not tell. */
  readonly digest: string | undefined;
  /** Within how many milliseconds the answer has to be there. */
  readonly time: number;
  /** Whether a refusal would hit a guest that already runs. */
  readonly spares: boolean;
  /** HOOK OBJECT OPERATION SUBOPERATION EXTRA. */
  readonly words: readonly string[];
  readonly document: Uint8Array;
  /** The running guests' text, see `guest-files.ts`; undefined where the asker sent none. */
  readonly guests: string | undefined;
}

/** In bytes, its line end included. */
const MAX_HEADER = 512;

/** In bytes. */
const MAX_GUESTS = 4 * 1024 * 1024;

const LINE_END = 0x0a;

/** What ends the running guests' text, each line of which begins with `/` or `|`, or is empty. */
const GUESTS_END = "\nend\n";

/**
 * Puts a request together from the pieces in which it comes. Nothing in a document can be taken for another part of the
 * request: every length is known before what it measures begins.
 */
export class RequestReader {
  #bytes = Buffer.allocUnsafe(MAX_HEADER);
  #length = 0;
  #header: RequestHeader | undefined;

  /** How many bytes it holds. */
  get length(): number {
    return this.#length;
  }

  /**
   * Takes a piece.
   *
   * @returns The request, once it is whole.
   * @throws {RequestError} for what is no request, or too large a one. Then nothing more can be taken.
   */
  take(piece: Uint8Array): Request | undefined {
    this.#add(piece);
    this.#header ??= this.#readHeader();
    if (this.#header === undefined || this.#length < this.#header.end) return undefined;
    const { hasGuests, end } = this.#header;
    const guests = hasGuests ? this.#readGuests(end) : undefined;
    if (hasGuests && guests === undefined) return undefined;
    if (!hasGuests && this.#length > end) throw new RequestError("more than a request came");
    return this.#request(this.#header, guests);
  }

  /** Each byte is copied a few times at most, however small the pieces are. */
  #add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const longer = Buffer.allocUnsafe(Math.max(length, 2 * this.#bytes.length));
      this.#bytes.copy(longer, 0, 0, this.#length);
      this.#bytes = longer;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  #readHeader(): RequestHeader | undefined {
    const start = this.#bytes.subarray(0, Math.min(MAX_HEADER, this.#length));
    const end = start.indexOf(LINE_END);
    if (end >= 0) return parseHeader(start.toString("latin1", 0, end));
    if (start.length === MAX_HEADER) throw new RequestError("the header is too long");
    return undefined;
  }

  /** The guests' text from `start` on, once its end is what came last. */
  #readGuests(start: number): string | undefined {
    const length = this.#length - start;
    if (length > MAX_GUESTS) throw new RequestError("the text of the running guests is too large");
    const last = this.#bytes.toString("latin1", Math.max(start, this.#length - GUESTS_END.length), this.#length);
    if (last !== GUESTS_END && last !== GUESTS_END.slice(1)) return undefined;
    const text = this.#bytes.toString("utf8", start, this.#length - GUESTS_END.length + 1);
    if (/^[^/|\n]/m.test(text)) throw new RequestError("the text of the running guests has a line of neither kind");
    return text;
  }

  #request({ digest, time, spares, start, lengths, document, end }: RequestHeader, guests?: string): Request {
    let at = start;
    const words = lengths.map((length) => {
      const word = this.#bytes.subarray(at, at + length);
      at += length;
      if (word.includes(0)) throw new RequestError("a word holds a zero byte");
      return word.toString();
    });
    return { digest, time, spares, words, document: this.#bytes.subarray(document, end), guests };
  }
}
