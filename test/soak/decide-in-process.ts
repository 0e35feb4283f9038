import type { Bundle } from "../../src/bundle/bundle.ts";
import { evaluateDocument } from "../../src/sandbox/evaluate.ts";
import type { Trial } from "./compose.ts";
import { inTime, type Verdict } from "./verdict.ts";
import { wordsOf } from "./words.ts";

/** Decides in this process, as `eval` and a service do: only the policies run in another one. */
export async function decideInProcess(trial: Trial, bundle: Bundle): Promise<Verdict> {
  const decision = await inTime(evaluateDocument(bundle, wordsOf(trial), trial.document.bytes));
  return { status: decision.status, decision, problems: [] };
}
