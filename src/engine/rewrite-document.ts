import type { Invocation } from "../hook/invocation.ts";
import { applyEdits, type EditedDocument } from "../rewrite/apply-edits.ts";
import type { PolicyEdits } from "../rewrite/edit.ts";
import { RewriteError } from "../rewrite/rewrite-error.ts";
import { DocumentError } from "../xml/document-error.ts";
import type { RunFailure } from "./decision.ts";
import { type ReadDocument, readDocument } from "./read-document.ts";
import type { Scrubber } from "./scrubber.ts";

/** Another document by policies' edits, which can be read. */
export interface Changed {
  readonly bytes: Uint8Array;
  readonly document: ReadDocument;
}

/** The document as it came. */
export interface Unchanged {
  /** Where that is some policies' fault, by their names: what it is. */
  readonly failures: ReadonlyMap<string, RunFailure>;
}

/**
 * Applies policies' edits to a document and reads the result as any document is read: by two readers.
 *
 * @param came The document as it came.
 * @param proposed In the order in which they are applied.
 * @param secrets Hides the secrets of the document as it came: edits name them, and may have put them anywhere.
 */
export function rewriteDocument(
  invocation: Invocation,
  came: Uint8Array,
  document: ReadDocument,
  proposed: readonly PolicyEdits[],
  secrets: Scrubber,
): Changed | Unchanged {
  if (document.root === undefined || proposed.length === 0) return { failures: new Map() };
  let edited: EditedDocument;
  try {
    edited = applyEdits(came, document.root, proposed);
  } catch (error) {
    if (!(error instanceof RewriteError)) throw error;
    return { failures: new Map([[error.policy, { kind: "invalid", message: secrets.scrubQuotes(error.message) }]]) };
  }
  const { bytes, root } = edited;
  if (Buffer.compare(bytes, came) === 0) return { failures: new Map() };
  try {
    return { bytes, document: readDocument(invocation, bytes, { tree: root }) };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { line, column, message } = error;
    const refused = `the rewritten document is refused: line ${line}, column ${column}: ${secrets.scrubQuotes(message)}`;
    return { failures: new Map(proposed.map(({ policy }) => [policy, { kind: "invalid", message: refused }])) };
  }
}
