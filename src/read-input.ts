import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { MAX_BYTES } from "./xml/limits.ts";

/** A byte more than a document may have, which shows that there was more. */
const MAX_INPUT = MAX_BYTES + 1;

/** What to begin with where nothing tells the size, in bytes. */
const FIRST = 65_536;

/** How long to wait for a writer that has nothing yet, in milliseconds. */
const PAUSE = 5;

/**
 * Reads a document, at most one byte more than is allowed, whatever the file is.
 *
 * @param file A path, or `-` for stdin.
 * @throws Error of the file system.
 */
export function readInput(file: string): Uint8Array {
  const descriptor = file === "-" ? 0 : openSync(file, "r");
  try {
    let bytes = Buffer.allocUnsafe(firstSize(descriptor));
    let filled = 0;
    while (filled < MAX_INPUT) {
      if (filled === bytes.length) bytes = grown(bytes);
      const count = readSome(descriptor, bytes, filled);
      if (count === 0) break;
      filled += count;
    }
    return bytes.subarray(0, filled);
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

/** A byte more than a file's size, so that reading it comes to its end. */
function firstSize(descriptor: number): number {
  const stats = fstatSync(descriptor);
  return Math.min(MAX_INPUT, stats.size > 0 ? stats.size + 1 : FIRST);
}

function grown(bytes: Buffer): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.min(MAX_INPUT, 2 * bytes.length));
  bytes.copy(larger);
  return larger;
}

/** Reads what there is, waiting for it also where whoever opened stdin made it non-blocking. */
function readSome(descriptor: number, bytes: Buffer, offset: number): number {
  for (;;) {
    try {
      return readSync(descriptor, bytes, offset, bytes.length - offset, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
