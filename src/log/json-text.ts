/** What JSON leaves as it is and a terminal acts on: DEL, C1 controls, format characters (bidirectional marks among them). */
const ACTING = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A value as JSON that does nothing to a terminal: what a document holds may be printed to one. It means the same to
 * every reader of JSON.
 *
 * @param indent Spaces a level; one line unless given.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(ACTING, escapeUnits);
}

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
