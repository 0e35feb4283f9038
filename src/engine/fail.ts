import { cutText } from "../hook/cut-text.ts";
import { refuses } from "../hook/events.ts";
import { DocumentError } from "../xml/document-error.ts";
import type { Decision } from "./decision.ts";
import { decisionId } from "./decision-id.ts";
import { EngineFailure } from "./engine-failure.ts";
import { shownEvent, shownObject } from "./subject-words.ts";

/**
 * The decision where the engine could not decide: it refuses where refusing is safe.
 *
 * @param words The hook call's words, however many.
 * @param spares Whether a refusal would hit a guest that already runs.
 * @param error What went wrong; anything that is neither a refused document nor an engine failure is a fault of ours.
 */
export function failedDecision(words: readonly string[], error: unknown, digest: string, spares: boolean): Decision {
  const [hook = "", object = "", operation = ""] = words;
  const refused = refuses(hook, operation) && !spares;
  return {
    id: decisionId(),
    event: shownEvent(`${hook}/${operation}`),
    object: shownObject(object),
    decision: refused ? "deny" : "allow",
    status: refused ? 3 : 0,
    findings: [],
    failures: [],
    policies: [],
    logs: [],
    error: explain(error),
    bundle: digest,
  };
}

/** In UTF-16 units: a message may quote a document, whose names can be megabytes long. */
const MAX_MESSAGE = 500;

function explain(error: unknown): NonNullable<Decision["error"]> {
  const message = cutText(error instanceof Error ? error.message : String(error), MAX_MESSAGE);
  if (error instanceof DocumentError) return { code: error.code, message, line: error.line, column: error.column };
  return { code: error instanceof EngineFailure ? error.code : "evaluator", message };
}
