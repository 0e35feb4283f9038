import type { Bundle } from "../bundle/bundle.ts";
import type { Decision } from "../engine/decision.ts";
import { failedDecision } from "../engine/fail.ts";
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
  try {
    const record = await runEvaluator({
      words: ["decide", bundle.digest, "-", ...words],
      document,
      code: bundle.code,
      manifestText: bundle.manifestText,
      limits: bundle.manifest.limits,
    });
    const { level: _, time: __, msg: ___, decisionId: id, ...decision } = JSON.parse(record.log ?? "null");
    return { id, ...decision };
  } catch (error) {
    return failedDecision(words, error, bundle.digest, false);
  }
}
