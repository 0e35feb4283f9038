import { MAX_BYTES } from "../../../src/xml/limits.ts";

export const MIB = 1_048_576;

const START = "<domain type='kvm'><name>web1</name><memory unit='KiB'>65536</memory>";
/** Comes last, so that only who read all of the document has seen it. */
const END = "<cpu mode='host-passthrough'/></domain>";

/** What the honest policy says of every guest of these functions. */
export const SEEN = "CPU mode host-passthrough (at cpu/@mode)";

/** A guest with these parts, and the forbidden mode after them. */
export function guestOf(parts: string): string {
  return START + parts + END;
}

/** What the pieces between two parts of a guest may take to fill it up to a size, in bytes. */
function roomIn(bytes: number, before: string, after: string): number {
  return bytes - Buffer.byteLength(guestOf(before + after));
}

/** A guest that a piece, again and again, fills up to a size: by default the largest that is read. */
export function filled(piece: string, before = "", after = "", bytes: number = MAX_BYTES): string {
  const count = Math.floor(roomIn(bytes, before, after) / Buffer.byteLength(piece));
  return guestOf(before + piece.repeat(count) + after);
}

/** A guest that pieces with a number each fill up to a size. */
export function numbered(piece: (index: number) => string, before = "", after = "", bytes: number = MAX_BYTES): string {
  const pieces: string[] = [];
  let room = roomIn(bytes, before, after);
  for (let index = 0; ; index += 1) {
    const next = piece(index);
    room -= Buffer.byteLength(next);
    if (room < 0) return guestOf(before + pieces.join("") + after);
    pieces.push(next);
  }
}
