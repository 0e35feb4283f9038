import type { Place } from "../../../src/xml/place.ts";

/** Whether a place is one of a document's characters, or its end. */
export function isInside(document: Uint8Array, { line, column }: Place): boolean {
  // Where the bytes are no UTF-8, the place is that of the first that are not; all before it are decoded as they are.
  const lines = new TextDecoder().decode(document).split(/\r\n|\r|\n/);
  const text = lines[line - 1];
  return text !== undefined && column >= 1 && column <= [...text].length + 1;
}
