/**
 * Characters that XML allows in a name and JavaScript's `\s`, by which fast-xml-parser splits tags, takes for white
 * space; each with a stand-in that no well-formed document holds.
 *
 * @see https://www.w3.org/TR/xml/#NT-NameChar
 */
const STAND_INS = [
  ["\u1680", "\u0001"],
  ["\uFEFF", "\u0002"],
] as const;

/** Puts the stand-ins into a document's text; it keeps its length. */
export function hideNameSpaces(text: string): string {
  return STAND_INS.reduce((hidden, [space, standIn]) => hidden.replaceAll(space, standIn), text);
}

/** Takes the stand-ins out of a name or value again. */
export function showNameSpaces(text: string): string {
  return STAND_INS.reduce((shown, [space, standIn]) => shown.replaceAll(standIn, space), text);
}
