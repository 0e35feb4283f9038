import { styleText } from "node:util";
import type { Decision, Finding, PolicyOutcome, RewriteNote } from "../engine/decision.ts";
import { printable } from "../hook/printable.ts";
import { engineFailureText, failureText } from "../hook/stderr-lines.ts";
import { unknownText } from "./unknown-text.ts";

type Style = Parameters<typeof styleText>[0];

const VERDICT_STYLE = { allow: "green", deny: "red" } as const;

const OUTCOME_STYLE: Readonly<Record<PolicyOutcome["outcome"], Style>> = {
  allow: "green",
  deny: "red",
  warn: "yellow",
  failed: "red",
  "not-watching": "dim",
  off: "dim",
};

/** A decision for people: the verdict, a row a policy, then the findings. Coloured only where stdout is a terminal. */
export function formatDecision(file: string, decision: Decision): string {
  const { event, object, status, error, failures, findings, policies, rewrites = [] } = decision;
  const { unknown, dropped, skippedLayers } = decision;
  const verdict = paint(VERDICT_STYLE[decision.decision], decision.decision === "deny" ? "DENY" : "ALLOW");
  const lines = [`${verdict}  ${printable(file)}  ${printable(object)}  ${event}  status ${status}`];
  if (error !== undefined) {
    for (const line of engineFailureText(error).split("\n")) lines.push(`  ${paint("red", printable(line))}`);
  }
  const width = Math.max(0, ...policies.map(({ name }) => name.length));
  for (const policy of policies) {
    lines.push(`  ${policy.name.padEnd(width)}  ${outcome(policy)}  ${time(policy)}`.trimEnd());
    for (const note of rewrites.filter((each) => each.policy === policy.name)) lines.push(...rewriteLines(note));
    for (const finding of findings.filter((each) => each.policy === policy.name)) lines.push(...findingLines(finding));
    for (const failure of failures.filter((each) => each.policy === policy.name)) {
      lines.push(`    ${paint("red", failureText(failure))}`);
      for (const frame of failure.stack ?? []) lines.push(`      ${paint("dim", `at ${printable(frame)}`)}`);
    }
  }
  if (skippedLayers !== undefined) lines.push(`  not given by this host: ${skippedLayers.join(", ")}`);
  if (unknown !== undefined) lines.push(`  ${printable(unknownText(unknown))}`);
  for (const [what, count] of Object.entries(dropped ?? {})) lines.push(`  ${count} more ${what} were dropped`);
  return lines.join("\n");
}

function outcome({ outcome }: PolicyOutcome): string {
  return paint(OUTCOME_STYLE[outcome], outcome.padEnd("not-watching".length));
}

function time({ outcome, ms }: PolicyOutcome): string {
  return outcome === "not-watching" || outcome === "off" ? "" : `${ms.toFixed(1).padStart(7)} ms`;
}

function findingLines(finding: Finding): readonly string[] {
  const { level, reason, at } = finding;
  const note = findingNote(finding);
  const shown = note === "" ? "" : printable(` ${note}`);
  const first = `    ${paint(level === "deny" ? "red" : "yellow", level)}: ${printable(reason)}${shown}`;
  return at === undefined ? [first] : [first, `      at ${printable(at)}`];
}

/** Why a finding has no effect, in brackets; "" where it has. */
export function findingNote({ mode, exempt }: Finding): string {
  const notes = [
    ...(mode === "enforce" ? [] : [`mode ${mode}`]),
    ...(exempt === undefined ? [] : [`exempt: ${exempt.reason}${exempt.expires ? `, until ${exempt.expires}` : ""}`]),
  ];
  return notes.length === 0 ? "" : `[${notes.join("; ")}]`;
}

function rewriteLines({ edit, at }: RewriteNote): readonly string[] {
  return [`    ${paint("cyan", "rewrite")}: ${edit}`, `      at ${at === "" ? "the root element" : printable(at)}`];
}

/** styleText itself leaves colour out where stdout is no terminal, and heeds NO_COLOR. */
function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
