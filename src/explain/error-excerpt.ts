import type { Decision } from "../engine/decision.ts";
import type { Excerpt, ExplainedDocument } from "./excerpt.ts";
import { unreadLine } from "./unread-line.ts";

/** What an engine failure's place says nothing of: it is the document as a whole. */
const WHOLE: readonly string[] = ["empty", "too-large", "encoding"];

/**
 * The lines of a document that an engine failure is about.
 *
 * @returns undefined where it names no place.
 */
export function errorExcerpt(
  { error }: Pick<Decision, "error">,
  document: ExplainedDocument,
  bytes: Uint8Array,
): Excerpt | undefined {
  if (error?.line === undefined || error.column === undefined || WHOLE.includes(error.code)) return undefined;
  const place = { line: error.line, column: error.column };
  return document.around(place) ?? unreadLine(bytes, place);
}
