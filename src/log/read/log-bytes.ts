import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";

const UNPACKERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  ".gz": createGunzip,
  ".zst": createZstdDecompress,
};

/** How logrotate's other compressions end, which Node does not read. */
const UNREADABLE = /\.(?:bz2|xz|lzma|lz4)$/;

/** Whether this is a compressed log that cannot be read here. */
export function isUnreadable(file: string): boolean {
  return UNREADABLE.test(file);
}

/** Whether a log is compressed, and read from its start alone. */
export function isPacked(file: string): boolean {
  return unpackerOf(file) !== undefined;
}

/**
 * A log's bytes in pieces, unpacked where the file is compressed.
 *
 * @param from In bytes of what was unpacked.
 * @throws Error of the file system; of zlib where a compressed file is damaged.
 */
export async function* logBytes(file: string, from = 0): AsyncGenerator<Buffer> {
  const unpack = unpackerOf(file);
  const source = createReadStream(file, unpack === undefined ? { start: from, highWaterMark: 2 ** 18 } : {});
  if (unpack === undefined) return yield* source as AsyncIterable<Buffer>;
  const unpacked = unpack() as unknown as Readable & NodeJS.WritableStream;
  source.once("error", (error) => unpacked.destroy(error));
  let skip = from;
  try {
    for await (const piece of source.pipe(unpacked) as AsyncIterable<Buffer>) {
      const rest = piece.subarray(Math.min(skip, piece.length));
      skip -= piece.length - rest.length;
      if (rest.length > 0) yield rest;
    }
  } finally {
    source.destroy();
  }
}

function unpackerOf(file: string): (() => NodeJS.ReadWriteStream) | undefined {
  return Object.entries(UNPACKERS).find(([end]) => file.endsWith(end))?.[1];
}
