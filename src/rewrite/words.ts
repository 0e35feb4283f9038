import { MAX_NAME_BYTES } from "../xml/limits.ts";

/** What a name may begin with, as the inside of a regular expression's class. */
const START =
  "A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}" +
  "\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}";

const NAME = new RegExp(`^[${START}][${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*$`, "u");

/** Lone surrogates among them. */
const NO_CHARACTER = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/**
 * Whether a text is a name without prefix that an element or attribute can be given. `xmlns` is not: libxml2 would take
 * it for a declaration of a namespace, or for somebody's attempt at one.
 *
 * @see https://www.w3.org/TR/xml-names/#NT-NCName
 */
export function isName(text: string): boolean {
  return text !== "xmlns" && NAME.test(text) && Buffer.byteLength(text) <= MAX_NAME_BYTES;
}

/**
 * The first character of a text that XML cannot hold, not even as a reference, as `U+0000`; undefined where it can hold
 * them all.
 *
 * @see https://www.w3.org/TR/xml/#NT-Char
 */
export function foreignCharacter(text: string): string | undefined {
  const [found] = NO_CHARACTER.exec(text) ?? [];
  return found === undefined
    ? undefined
    : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
