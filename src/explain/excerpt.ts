import type { Place } from "../xml/place.ts";
import { cutLine } from "./cut-line.ts";
import { findPlace } from "./find-place.ts";
import { type MaskedDocument, readMasked } from "./masked-document.ts";

/** How many lines are shown before and after the one that is meant. */
const AROUND = 2;

/** The lines of a document that a place is in. */
export interface Excerpt {
  /** The line that the place is in, 1-based. */
  readonly line: number;
  /** Where the place begins in its line, in characters, 1-based; as the line is when its secrets are masked. */
  readonly column: number;
  /** The number of the first of `lines`. */
  readonly first: number;
  /** Some around the place: secrets are masked, long ones are cut. They are to be made printable, as all of a document. */
  readonly lines: readonly string[];
}

/** A document whose findings are shown with what they are about. */
export class ExplainedDocument {
  readonly #bytes: Uint8Array;
  #read: { readonly document: MaskedDocument | undefined } | undefined;

  /** @param bytes As the hook was given them. They are read when the first excerpt is asked for. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * The lines around a place; of one that is not there, around the nearest element above it that is.
   *
   * @param at An XPath from the root element, as findings have.
   * @returns undefined where there is no such path, and where the document cannot be read.
   */
  excerpt(at: string | undefined): Excerpt | undefined {
    if (at === undefined) return undefined;
    const document = this.#document();
    const place = document === undefined ? undefined : findPlace(document, at);
    return document === undefined || place === undefined ? undefined : linesAround(document.lines, place);
  }

  /**
   * The lines around a place that a reader of the document named.
   *
   * @returns undefined where there is no such line, and where the document cannot be read.
   */
  around({ line, column }: Place): Excerpt | undefined {
    const document = this.#document();
    return document?.lines[line - 1] === undefined ? undefined : linesAround(document.lines, { line, column });
  }

  #document(): MaskedDocument | undefined {
    this.#read ??= { document: readMasked(this.#bytes) };
    return this.#read.document;
  }
}

function linesAround(all: readonly string[], { line, column }: Place): Excerpt {
  let first = Math.max(1, line - AROUND);
  let last = Math.min(all.length, line + AROUND);
  const isBlank = (number: number): boolean => (all[number - 1] ?? "").trim() === "";
  while (first < line && isBlank(first)) first++;
  while (last > line && isBlank(last)) last--;
  const lines = all.slice(first - 1, last).map((text, index) => cutLine(text, first + index === line ? column : 1));
  return { line, column, first, lines };
}
