import { isUtf8 } from "node:buffer";
import { DocumentError } from "./document-error.ts";
import { MAX_BYTES } from "./limits.ts";
import { placeOf } from "./place.ts";

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Turns a document's bytes into its text: UTF-8, without byte order mark, every line end a `\n`.
 *
 * @throws DocumentError `too-large`, `empty` (nothing but white space), `encoding`, or `malformed` (a second byte order mark).
 * @see https://www.w3.org/TR/xml/#sec-line-ends
 */
export function decodeDocument(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) {
    const message = `Cannot read the document: it has ${bytes.length} bytes, more than ${MAX_BYTES}`;
    throw new DocumentError("too-large", message, 1, 1);
  }
  const marked = decodeUtf8(bytes);
  const text = normalizeLineEnds(marked.startsWith(BYTE_ORDER_MARK) ? marked.slice(1) : marked);
  if (!/[^ \t\n]/.test(text)) throw new DocumentError("empty", "Cannot read the document: it is empty", 1, 1);
  if (text.startsWith(BYTE_ORDER_MARK)) {
    throw new DocumentError("malformed", "Cannot read the document: it has two byte order marks", 1, 1);
  }
  return text;
}

/** The text of bytes that are UTF-8, a byte order mark included. A TextDecoder takes Node longer to load than this takes. */
export function utf8Text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function decodeUtf8(bytes: Uint8Array): string {
  if (looksWide(bytes)) throw notUtf8("it looks like UTF-16 or UTF-32", "");
  if (isUtf8(bytes)) return utf8Text(bytes);
  const valid = validStart(bytes);
  throw notUtf8("a byte sequence is invalid", valid.startsWith(BYTE_ORDER_MARK) ? valid.slice(1) : valid);
}

/** A byte order mark of UTF-16, `<` beside a NUL, or two NULs: also how UTF-32 begins. */
function looksWide(bytes: Uint8Array): boolean {
  const first = bytes[0];
  const second = bytes[1];
  if (first === undefined || second === undefined) return false;
  const start = (first << 8) | second;
  return start === 0xfeff || start === 0xfffe || start === 0x3c00 || start === 0x003c || start === 0;
}

/** The characters before the first byte sequence that is no UTF-8, found by halving. */
function validStart(bytes: Uint8Array): string {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (decodePrefix(bytes, middle) === undefined) invalid = middle;
    else valid = middle;
  }
  return decodePrefix(bytes, valid) ?? "";
}

/** The first bytes as text, a character that they cut off left out; `undefined` where they are no UTF-8. */
function decodePrefix(bytes: Uint8Array, length: number): string | undefined {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes.subarray(0, length), { stream: true });
  } catch {
    return undefined;
  }
}

function notUtf8(what: string, textBefore: string): DocumentError {
  const before = normalizeLineEnds(textBefore);
  const { line, column } = placeOf(before, before.length);
  return new DocumentError("encoding", `Cannot read the document as UTF-8: ${what}; save it as UTF-8`, line, column);
}

function normalizeLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
