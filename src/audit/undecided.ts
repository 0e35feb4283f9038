import type { Decision } from "../engine/decision.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { failedDecision } from "../engine/fail.ts";

/**
 * The decision about a document at rest that cannot be judged: a failure whatever the event, since nobody's guest is
 * running.
 */
export function undecided(words: readonly string[], failure: EngineFailure, digest: string): Decision {
  return { ...failedDecision(words, failure, digest, false), decision: "deny", status: 3 };
}

/** The failure where a document cannot be read. */
export function unreadableDocument(file: string, error: unknown): EngineFailure {
  return new EngineFailure("unreadable", `cannot read ${file}: ${(error as Error).message}`);
}
