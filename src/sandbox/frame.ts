import { readSync, writeSync } from "node:fs";

/** What one frame may hold, in bytes, its header included: what one decision's policies may be told, or may tell. */
export const MAX_FRAME = 64 * 1024 * 1024;

/** How many texts one frame may have. */
const MAX_TEXTS = 65_536;

/** Each number of a header, in bytes. */
const NUMBER = 4;

/**
 * A frame, which is a list of texts: how many bytes follow, how many texts there are, how many bytes each of them has
 * (unsigned, 32 bits, little-endian), then the texts in UTF-8.
 *
 * @throws {RangeError} where that is more than {@link MAX_FRAME}.
 */
export function frameOf(texts: readonly string[]): Buffer {
  const head = NUMBER * (2 + texts.length);
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const size = lengths.reduce((sum, length) => sum + length, head);
  if (size > MAX_FRAME || texts.length > MAX_TEXTS) {
    throw new RangeError(
      `Cannot make a frame of ${texts.length} texts and ${size} bytes: at most ${MAX_FRAME} go in one`,
    );
  }
  const frame = Buffer.allocUnsafe(size);
  frame.writeUInt32LE(size - NUMBER, 0);
  frame.writeUInt32LE(texts.length, NUMBER);
  let end = head;
  for (const [index, length] of lengths.entries()) {
    frame.writeUInt32LE(length, NUMBER * (2 + index));
    end += frame.write(texts[index] as string, end);
  }
  return frame;
}

/**
 * How many bytes follow a frame's first four.
 *
 * @throws {RangeError} where no frame begins so.
 */
export function sizeOfRest(start: Buffer): number {
  const size = start.readUInt32LE(0);
  if (size >= NUMBER && size <= MAX_FRAME - NUMBER) return size;
  throw new RangeError(`Cannot read a frame: ${size} bytes are announced`);
}

/**
 * The texts of a frame.
 *
 * @param rest What follows its first four bytes.
 * @throws {RangeError} where its numbers do not fit it.
 */
export function textsOf(rest: Buffer): string[] {
  const count = rest.readUInt32LE(0);
  let start = NUMBER * (1 + count);
  if (count > MAX_TEXTS || start > rest.length) throw new RangeError(`Cannot read a frame: it has no ${count} texts`);
  const texts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const end = start + rest.readUInt32LE(NUMBER * (1 + index));
    if (end > rest.length) throw new RangeError(`Cannot read a frame: text ${index + 1} ends beyond it`);
    texts.push(rest.toString("utf8", start, end));
    start = end;
  }
  if (start !== rest.length) throw new RangeError(`Cannot read a frame: ${rest.length - start} bytes are left over`);
  return texts;
}

/** Writes a frame to a descriptor that blocks. */
export function writeFrame(descriptor: number, texts: readonly string[]): void {
  const frame = frameOf(texts);
  for (let written = 0; written < frame.length; ) written += writeSync(descriptor, frame, written);
}

/**
 * Reads a frame from a descriptor that blocks.
 *
 * @returns Its texts; undefined at the end.
 */
export function readFrame(descriptor: number): string[] | undefined {
  const start = readWhole(descriptor, NUMBER);
  if (start === undefined) return undefined;
  const rest = readWhole(descriptor, sizeOfRest(start));
  return rest === undefined ? undefined : textsOf(rest);
}

function readWhole(descriptor: number, size: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(size);
  for (let filled = 0; filled < size; ) {
    const count = readSync(descriptor, bytes, filled, size - filled, null);
    if (count === 0) return undefined;
    filled += count;
  }
  return bytes;
}
