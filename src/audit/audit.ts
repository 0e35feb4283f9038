import type { Bundle } from "../bundle/bundle.ts";
import type { Decision } from "../engine/decision.ts";
import { hookWords } from "../hook/invocation.ts";
import { Decider } from "./decider.ts";
import type { AuditDocument } from "./find-documents.ts";
import { inOrder } from "./in-order.ts";
import { readDocument } from "./read-document.ts";
import { undecided, unreadableDocument } from "./undecided.ts";

/** A document and what was decided about it. */
export interface Audited {
  readonly file: string;
  readonly decision: Decision;
}

/**
 * Decides documents as the hook would, several at once, by a warm evaluator of its own. Nothing is written to the
 * decision log.
 *
 * @param onTrouble is told why the warm evaluator does not help, where it does not; what is decided is the same.
 * @returns each document's decision, in the order of the documents.
 */
export async function* audit(
  bundle: Bundle,
  documents: readonly AuditDocument[],
  onTrouble: (reason: string) => void,
): AsyncGenerator<Audited, void, undefined> {
  await using decider = await Decider.start(bundle, onTrouble);
  yield* inOrder(documents, decider.atOnce, async ({ file, event }) => {
    const words = hookWords(event) ?? [];
    return { file, decision: await decideFile(file, words, bundle, decider) };
  });
}

async function decideFile(file: string, words: readonly string[], bundle: Bundle, decider: Decider): Promise<Decision> {
  let document: Uint8Array;
  try {
    document = readDocument(file);
  } catch (error) {
    return undecided(words, unreadableDocument(file, error), bundle.digest);
  }
  return decider.decide(words, document);
}
