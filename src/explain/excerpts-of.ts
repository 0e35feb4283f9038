import type { Decision } from "../engine/decision.ts";
import { type Excerpt, ExplainedDocument } from "./excerpt.ts";

/**
 * What each finding of a decision is about, in their order.
 *
 * @param bytes The document that was decided. Where policies rewrote it, a place that it does not have is shown by the
 *   nearest element above.
 */
export function excerptsOf({ findings }: Decision, bytes: Uint8Array): readonly (Excerpt | undefined)[] {
  const document = new ExplainedDocument(bytes);
  return findings.map(({ at }) => document.excerpt(at));
}
