import type { Manifest } from "../bundle/manifest.ts";
import type { Decision } from "../engine/decision.ts";
import { errorExcerpt } from "./error-excerpt.ts";
import { type Excerpt, ExplainedDocument } from "./excerpt.ts";
import { explainPolicy, type PolicyExplanation } from "./explain-policy.ts";
import { guestOf } from "./guest-of.ts";

/** Why a document was decided as it was. */
export interface Explanation {
  readonly manifest: Manifest;
  /** By policies' names. */
  readonly policies: ReadonlyMap<string, PolicyExplanation>;
  /** What each finding is about, in the order of the decision's findings. */
  readonly excerpts: readonly (Excerpt | undefined)[];
  /** What an engine failure is about. */
  readonly error?: Excerpt;
}

/**
 * Explains a decision.
 *
 * @param words HOOK OBJECT OPERATION SUBOPERATION EXTRA, which were decided.
 */
export function explain(
  manifest: Manifest,
  words: readonly string[],
  bytes: Uint8Array,
  decision: Decision,
): Explanation {
  const document = new ExplainedDocument(bytes);
  const now = new Date();
  // reading takes time, and only exemptions ask for it
  const guest = manifest.policies.some(({ exempt }) => exempt.length > 0) ? guestOf(words, bytes) : undefined;
  const error = errorExcerpt(decision, document, bytes);
  return {
    manifest,
    policies: new Map(manifest.policies.map((each) => [each.name, explainPolicy(each, decision, guest, now)])),
    excerpts: decision.findings.map(({ at }) => document.excerpt(at)),
    ...(error && { error }),
  };
}
