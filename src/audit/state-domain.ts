/** How a state file begins: with libvirt's comment, and with the root element that none of its other files has. */
const STATE = /^\s*(?:<!--(?:[^-]|-(?!->))*-->\s*)?<domstatus[\s>]/;

/** In bytes: more than libvirt's comment has. */
const HEAD = 4096;

/** What the guest within begins and ends with. */
const START = "\n  <domain ";
const END = "\n  </domain>";

const LINE_FEED = 0x0a;

/**
 * Finds the guest within a state file of libvirt's: nothing is parsed here, where no wall is.
 *
 * @returns The `<domain>`, in the lines that it has in the file, so that messages name these; `undefined` for any other
 *   document.
 * @see virDomainObjFormat in libvirt's src/conf/domain_conf.c: what comes before is private to a driver, and has no `<`
 *   of a user's; `</domain>` is the last but `</domstatus>`.
 */
export function stateDomain(bytes: Uint8Array): Uint8Array | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!STATE.test(text.toString("latin1", 0, HEAD))) return undefined;
  const start = text.indexOf(START);
  const end = text.lastIndexOf(END);
  if (start < 0 || end < start) return undefined;
  const before = text.subarray(0, start + 1).filter((byte) => byte === LINE_FEED);
  return Buffer.concat([before, text.subarray(start + 1, end + END.length)]);
}
