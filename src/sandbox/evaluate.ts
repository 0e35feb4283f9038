import type { Bundle } from "../bundle/bundle.ts";
import type { Answer } from "../engine/decide.ts";
import type { Decision } from "../engine/decision.ts";
import { failedDecision } from "../engine/fail.ts";
import { loggedDecision } from "./logged-decision.ts";
import { runEvaluator } from "./run-evaluator.ts";

/**
 * Decides one document as the hook would: by the same evaluator, inside the same wall.
 *
 * @param words HOOK OBJECT OPERATION SUBOPERATION EXTRA; an empty OBJECT stands for the document's own name.
 * @returns The decision; where the evaluator gave none, one that says so.
 */
export async function evaluateDocument(
  bundle: Bundle,
  words: readonly string[],
  document: Uint8Array,
): Promise<Decision> {
  return (await answerFor(bundle, words, document)).decision;
}

/** Decides as {@link evaluateDocument} does, and tells what each policy took of the heap. */
export async function explainDocument(
  bundle: Bundle,
  words: readonly string[],
  document: Uint8Array,
): Promise<Decision> {
  return (await answerFor(bundle, words, document, "explain")).decision;
}

/** Decides as {@link evaluateDocument} does, and gives the document that policies make of it as well. */
export async function answerFor(
  bundle: Bundle,
  words: readonly string[],
  document: Uint8Array,
  command: "decide" | "explain" = "decide",
): Promise<Answer> {
  try {
    const record = await runEvaluator({
      words: [command, bundle.digest, "-", ...words],
      document,
      code: bundle.code,
      manifestText: bundle.manifestText,
      limits: bundle.manifest.limits,
      needsGuests: needsGuests(bundle, words),
    });
    return loggedDecision(record);
  } catch (error) {
    return { decision: failedDecision(words, error, bundle.digest, false) };
  }
}

/** Whether a policy that watches the event asks which guests run: the wall's outer side reads no manifest. */
export function needsGuests({ manifest }: Bundle, [hook, , operation]: readonly string[]): boolean {
  const event = `${hook}/${operation}`;
  return manifest.policies.some(
    ({ mode, on, needs }) => mode !== "off" && needs.includes("guests") && on.some((each) => each === event),
  );
}
