import { fstatSync, readFileSync, readSync } from "node:fs";

/** What the wall opens for the evaluator; the shell side (`bin/evaluate.sh`) knows these as well. */
const DOCUMENT = 0;
const CODE = 4;
const MANIFEST = 5;

/** The longest document that is read, in bytes; a byte more shows that there was more. */
const MAX_DOCUMENT = 4 * 1024 * 1024 + 1;

/** Reads the document, at most one byte more than is allowed. */
export function readDocumentBytes(): Uint8Array {
  const size = Math.min(fstatSync(DOCUMENT).size, MAX_DOCUMENT);
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(DOCUMENT, bytes, filled, size - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Reads the bundle's `policies.js`. */
export function readCode(): Buffer {
  return readFileSync(CODE);
}

/** Reads the bundle's `manifest.json`. */
export function readManifestText(): Buffer {
  return readFileSync(MANIFEST);
}
