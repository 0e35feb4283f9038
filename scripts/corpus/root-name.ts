/**
 * What may stand before the root element: white space, a comment, an instruction, a DOCTYPE. One at a time, so that no
 * end of one is looked for twice.
 */
const PROLOG_PART = /\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^[>]*(?:\[.*?\]\s*)?>/sy;

const ROOT = /<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)/y;

/**
 * The name of the root element in bytes that are perhaps no XML, so that a document that is refused can be put to its
 * kind.
 *
 * @returns `undefined` where no element begins.
 */
export function rootName(bytes: Uint8Array): string | undefined {
  // UTF-16 too is readable in this way: names that matter here are ASCII.
  const latin = Buffer.from(bytes).toString("latin1").replaceAll("\0", "");
  const text = latin.replace(/^(?:\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)/, "");
  ROOT.lastIndex = skipProlog(text);
  return ROOT.exec(text)?.[1];
}

/** Where what may stand before the root element ends. */
function skipProlog(text: string): number {
  let end = 0;
  PROLOG_PART.lastIndex = 0;
  while (PROLOG_PART.test(text)) end = PROLOG_PART.lastIndex;
  return end;
}
