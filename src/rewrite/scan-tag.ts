/** Where something begins and ends in a text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where an attribute is, with the white space before it. */
export interface AttributeSpan extends Span {
  /** As it is written. */
  readonly name: string;
  /** Between the quotes. */
  readonly value: Span;
}

/** A start tag, as it is written. */
export interface TagSpan extends Span {
  readonly name: string;
  /** Declarations of namespaces among them. */
  readonly attributes: readonly AttributeSpan[];
  readonly closesItself: boolean;
}

const [TAB, LINE_FEED, CARRIAGE_RETURN, SPACE, SLASH, EQUALS, CLOSE] = [9, 10, 13, 32, 47, 61, 62];
const QUOTES: readonly (string | undefined)[] = ["'", '"'];

/**
 * Reads a start tag of a well-formed text.
 *
 * @param start Where its `<` is.
 * @throws {Error} where the text is not well-formed.
 */
export function scanTag(text: string, start: number): TagSpan {
  const nameEnd = endOfName(text, start + 1);
  const attributes: AttributeSpan[] = [];
  let before = nameEnd;
  let at = skipSpace(text, nameEnd);
  for (let unit = text.charCodeAt(at); unit !== CLOSE && unit !== SLASH; unit = text.charCodeAt(at)) {
    const attribute = scanAttribute(text, before, at);
    attributes.push(attribute);
    before = attribute.end;
    at = skipSpace(text, before);
  }
  const closesItself = text.charCodeAt(at) === SLASH;
  return { start, end: at + (closesItself ? 2 : 1), name: text.slice(start + 1, nameEnd), attributes, closesItself };
}

/** Where a text is found next. */
export function find(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? disagree(from, `there is no ${what} any more`) : found;
}

/** Says that a text is not what it was taken for. */
export function disagree(at: number, what: string): never {
  throw new Error(`Cannot find the tree's elements in the document's text: ${what}, at character ${at}`);
}

/** @param start Where what stands before it ends. */
function scanAttribute(text: string, start: number, at: number): AttributeSpan {
  const nameEnd = endOfName(text, at);
  const opening = skipSpace(text, find(text, "=", nameEnd) + 1);
  const quote = text[opening];
  if (quote === undefined || !QUOTES.includes(quote)) return disagree(at, "an attribute's value has no quotes");
  const end = find(text, quote, opening + 1);
  return { name: text.slice(at, nameEnd), start, value: { start: opening + 1, end }, end: end + 1 };
}

function endOfName(text: string, at: number): number {
  for (let end = at; end < text.length; end += 1) {
    const unit = text.charCodeAt(end);
    if (unit === EQUALS || unit === CLOSE || unit === SLASH || isSpace(unit)) return end;
  }
  return disagree(at, "it ends within a tag");
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

function isSpace(unit: number): boolean {
  return unit === SPACE || unit === LINE_FEED || unit === TAB || unit === CARRIAGE_RETURN;
}
