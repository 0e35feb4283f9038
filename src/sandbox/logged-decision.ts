import type { Answer } from "../engine/decide.ts";
import type { EvaluatorRecord } from "./read-record.ts";

/**
 * The answer that an evaluator's record holds, whose log line has the decision beside a logger's own fields.
 *
 * @throws SyntaxError or TypeError where the record has no log line.
 */
export function loggedDecision({ log = "null", document }: EvaluatorRecord): Answer {
  const { level: _, time: __, msg: ___, decisionId: id, ...decision } = JSON.parse(log);
  return { decision: { id, ...decision }, ...(document && { document }) };
}
