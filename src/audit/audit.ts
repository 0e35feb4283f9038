import type { Bundle } from "../bundle/bundle.ts";
import type { Decision } from "../engine/decision.ts";
import type { Excerpt } from "../explain/excerpt.ts";
import { excerptsOf } from "../explain/excerpts-of.ts";
import { hookWords } from "../hook/invocation.ts";
import { Decider } from "./decider.ts";
import type { AuditDocument } from "./find-documents.ts";
import { inOrder } from "./in-order.ts";
import { type DocumentAtRest, readDocument } from "./read-document.ts";
import { undecided, unreadableDocument } from "./undecided.ts";

/** A document and what was decided about it. */
export interface Audited {
  readonly file: string;
  /** Whether it is the state of a guest that runs: its definition, where it has one, is another document. */
  readonly isRunning: boolean;
  readonly decision: Decision;
  /** What each finding is about, in the order of the decision's findings. */
  readonly excerpts: readonly (Excerpt | undefined)[];
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
    return decideFile(file, words, bundle, decider);
  });
}

async function decideFile(file: string, words: readonly string[], bundle: Bundle, decider: Decider): Promise<Audited> {
  let document: DocumentAtRest;
  try {
    document = readDocument(file);
  } catch (error) {
    const decision = undecided(words, unreadableDocument(file, error), bundle.digest);
    return { file, isRunning: false, decision, excerpts: [] };
  }
  const { bytes, isRunning } = document;
  const decision = await decider.decide(words, bytes);
  return { file, isRunning, decision, excerpts: excerptsOf(decision, bytes) };
}
