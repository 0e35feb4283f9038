import { DocumentError } from "./document-error.ts";
import { placeOf } from "./place.ts";

/** Comments and CDATA, which hold no references, and references long enough to be refused. */
const LONG_REFERENCE = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|&#x([0-9A-Fa-f]{11,});/g;

/**
 * Asserts what libxml2 demands of hexadecimal references beyond XML: every 11th digit is no letter.
 *
 * @param text A well-formed document.
 * @throws DocumentError `malformed`, at the first reference that libxml2 refuses.
 * @see https://gitlab.gnome.org/GNOME/libxml2/-/blob/v2.9.14/parser.c xmlParseCharRef, where `count` grows by two a digit
 */
export function assertReferenceDigits(text: string): void {
  if (!text.includes("&#x")) return;
  for (const { 1: digits, index } of text.matchAll(LONG_REFERENCE)) {
    if (digits === undefined || !/^(?:.{11})*.{10}[A-Fa-f]/.test(digits)) continue;
    const { line, column } = placeOf(text, index);
    const message =
      "Cannot read the document: libxml2 refuses a character reference with so many zeros; leave them out";
    throw new DocumentError("malformed", message, line, column);
  }
}
