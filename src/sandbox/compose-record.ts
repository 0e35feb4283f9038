import type { Answer } from "../engine/decide.ts";
import type { Engine } from "../engine/engine.ts";
import { failedDecision } from "../engine/fail.ts";
import { stderrLines } from "../hook/stderr-lines.ts";
import { decisionLine } from "../log/decision-line.ts";
import { documentLine, RECORD_END } from "./record.ts";

/** How long before its end by force an evaluator says what it knows, in milliseconds; less where all of it is short. */
const TIME_TO_SAY = 300;

/** How long before a decision's end it has to say what it knows, of so many milliseconds in all. */
export function timeToSay(time: number): number {
  return Math.min(TIME_TO_SAY, time / 5);
}

/** An answer as the lines of a record after its start: verdict, rewritten document, lines for stderr, log line, end. */
export function answerLines({ decision, document }: Answer): readonly string[] {
  const rewritten = document === undefined ? [] : [documentLine(document)];
  const lines = stderrLines(decision).map((line) => `stderr ${line}`);
  return [`verdict ${decision.status}`, ...rewritten, ...lines, `log ${decisionLine(decision)}`, RECORD_END];
}

/** What is known of a call beside its words. */
interface FailedCall extends Pick<Engine, "digest" | "spares" | "breakGlass"> {
  readonly skippedLayers: readonly string[];
}

/** The answer where the engine could not decide, see `failedDecision`. */
export function failedAnswer(
  words: readonly string[],
  error: unknown,
  { digest, spares, skippedLayers, breakGlass }: FailedCall,
): Answer {
  const decision = failedDecision(words, error, digest, spares);
  const layers = skippedLayers.length === 0 ? {} : { skippedLayers };
  return { decision: { ...decision, ...layers, ...(breakGlass && { breakGlass }) } };
}
