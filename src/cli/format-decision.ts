import type { Decision } from "../engine/decision.ts";
import type { Explanation } from "../explain/explain.ts";
import { explainVerdict } from "../explain/explain-verdict.ts";
import { printable } from "../hook/printable.ts";
import { engineFailureText } from "../hook/stderr-lines.ts";
import { wrap } from "../wrap.ts";
import { formatExcerpt } from "./format-excerpt.ts";
import { formatOutcome } from "./format-outcome.ts";
import { paint } from "./paint.ts";
import { paragraph, WIDTH } from "./paragraph.ts";
import { unknownText } from "./unknown-text.ts";

/** Longer names have a line of their own, so that what became of others stays beside theirs. */
const MAX_NAME = 36;

/**
 * A decision for people, 80 columns wide: the verdict and why, then a block a policy. Coloured only where stdout is a
 * terminal.
 *
 * @param explanation undefined where there is no bundle, or no document.
 */
export function formatDecision(file: string, decision: Decision, explanation: Explanation | undefined): string {
  const { error, skippedLayers, unknown, dropped = {} } = decision;
  // where the document is refused, no policy was asked
  const { policies = [] } = decision.policies.length === 0 ? {} : (explanation?.manifest ?? {});
  const names = policies.map(({ name }) => name.length).filter((length) => length <= MAX_NAME);
  const width = Math.max(0, ...names);
  const notes = [
    ...(skippedLayers === undefined ? [] : [`not given by this host: ${skippedLayers.join(", ")}`]),
    ...(unknown === undefined ? [] : [unknownText(unknown)]),
    ...Object.entries(dropped).map(([what, count]) => `${count} more ${what} were dropped`),
  ];
  return [
    ...verdictLines(file, decision),
    ...(error === undefined ? [] : failureLines(error)),
    ...(explanation?.error === undefined ? [] : formatExcerpt(explanation.error, 4)),
    ...(explanation === undefined ? [] : explainVerdict(decision, explanation)).flatMap((line) => paragraph(line, 2)),
    ...(explanation === undefined ? [] : policies.flatMap((each) => formatOutcome(each, decision, explanation, width))),
    ...notes.flatMap((note) => paragraph(printable(note), 2)),
  ].join("\n");
}

function verdictLines(file: string, { object, event, status, decision }: Decision): readonly string[] {
  const word = decision === "deny" ? "DENY" : "ALLOW";
  const names = [printable(file), ...(object === "" ? [] : [printable(object)]), event, `status ${status}`];
  const start = `${paint(decision === "deny" ? "red" : "green", word)}  `;
  const indent = " ".repeat(word.length + 2);
  const [first = "", ...others] = wrap(names.join("  "), WIDTH - indent.length);
  return [`${start}${first.trimEnd()}`, ...others.map((line) => `${indent}${line.trim()}`)];
}

function failureLines(error: NonNullable<Decision["error"]>): readonly string[] {
  const lines = engineFailureText(error).split("\n");
  return lines.flatMap((line) => paragraph(printable(line), 2, { of: "red", isWhole: true }));
}
