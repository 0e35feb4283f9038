/** What stands before a policy's source map, as in any file that has its map inside. */
const MARK = "\n//# sourceMappingURL=data:application/json;base64,";

/** The rest of a slice that ends in a map. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}\n$/;

/** One policy's part of `policies.js`: its code, then the map from it to the policy's sources. */
export function joinSlice(code: string, map: string): Uint8Array {
  return Buffer.from(`${code.trimEnd()}${MARK}${Buffer.from(map).toString("base64")}\n`);
}

/** The code of a slice, which is all that the sandbox gets: maps name files. */
export function codeOfSlice(slice: Uint8Array): string {
  const bytes = view(slice);
  return bytes.subarray(0, endOfCode(bytes)).toString();
}

/** The JSON text of a slice's source map; none in a bundle that was built without. */
export function mapOfSlice(slice: Uint8Array): string | undefined {
  const bytes = view(slice);
  const end = endOfCode(bytes);
  return end === bytes.length
    ? undefined
    : Buffer.from(bytes.subarray(end + MARK.length).toString("latin1"), "base64").toString();
}

/** A policy may hold a text that looks like a map: only what ends the slice is one. */
function endOfCode(bytes: Buffer): number {
  const mark = bytes.lastIndexOf(MARK);
  const isMap = mark >= 0 && BASE64.test(bytes.subarray(mark + MARK.length).toString("latin1"));
  return isMap ? mark : bytes.length;
}

function view(slice: Uint8Array): Buffer {
  return Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength);
}
