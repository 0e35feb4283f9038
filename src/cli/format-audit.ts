import { styleText } from "node:util";
import type { PolicyTally, Tally } from "../audit/tally.ts";
import type { Decision, Finding } from "../engine/decision.ts";
import { printable } from "../hook/printable.ts";
import { engineFailureText, failureText } from "../hook/stderr-lines.ts";
import { wrap } from "../wrap.ts";
import { findingNote } from "./format-decision.ts";

/** In columns. */
const WIDTH = 80;
const GAP = "  ";
const INDENT = "    ";

const COUNTS = ["denied", "warned", "failed", "exempt"] as const;

/** What is left for a policy's name beside its mode and counts. */
const NAME_WIDTH = WIDTH - GAP.length - "enforce".length - (COUNTS.length + 1) * (GAP.length + "denied".length);

type Style = Parameters<typeof styleText>[0];

/**
 * A document that there is something to say of, 80 columns wide, but for its path, which is to be copied: the verdict,
 * then a paragraph a finding. Coloured only where stdout is a terminal.
 */
export function formatAudited(file: string, decision: Decision): string {
  const { findings, failures, error, object } = decision;
  const verdict = paint(decision.status === 0 ? "green" : "red", decision.status === 0 ? "ALLOW" : "DENY");
  const paragraphs = [
    ...(error === undefined ? [] : [paragraph(printable(engineFailureText(error)), "red")]),
    ...findings.map(findingParagraph),
    ...failures.map((failure) => paragraph(failureText(failure), "red")),
  ];
  const names = printable(object) === "" ? printable(file) : `${printable(object)}${GAP}${printable(file)}`;
  return [`${verdict}${GAP}${names}`, ...paragraphs].join("\n");
}

function findingParagraph(finding: Finding): string {
  const { policy, level, reason, at } = finding;
  const place = at === undefined ? "" : ` (at ${at})`;
  const note = findingNote(finding);
  const binds = level === "deny" && note === "";
  const text = `${policy}: ${level}: ${printable(reason)}${printable(place)}${note === "" ? "" : printable(` ${note}`)}`;
  return paragraph(text, binds ? "red" : "yellow");
}

/** The first line is coloured up to its first colon, the others are indented further. */
function paragraph(text: string, style: Style): string {
  const [first = "", ...others] = wrap(text, WIDTH - INDENT.length);
  const head = /^[^:]*/.exec(first)?.[0] ?? "";
  const lines = [`${paint(style, head)}${first.slice(head.length)}`, ...others.map((line) => `${GAP}${line}`)];
  return lines.map((line) => `${GAP}${line}`).join("\n");
}

/** What an audit came to: a row a policy, then a line that says what a hook would do, 80 columns wide. */
export function formatTally(tally: Tally): string {
  const width = Math.min(NAME_WIDTH, Math.max("policy".length, ...tally.policies.map(({ name }) => name.length)));
  const header = ["policy".padEnd(width), "mode   ", ...COUNTS, "judged"].join(GAP);
  const rows = tally.policies.map((policy) => row(policy, width));
  return [paint("bold", header), ...rows, "", ...summary(tally)].join("\n");
}

function row({ name, mode, judged, ...tally }: PolicyTally, width: number): string {
  const counts = COUNTS.map((key) => paint(tally[key] === 0 ? "dim" : "bold", count(tally[key])));
  const numbers = [mode.padEnd("enforce".length), ...counts, count(judged)].join(GAP);
  // a long name has lines of its own
  const lines = name.length > width ? [...wrap(name, WIDTH), " ".repeat(width)] : [name.padEnd(width)];
  return `${lines.join("\n")}${GAP}${numbers}`;
}

function count(documents: number): string {
  return String(documents).padStart("denied".length);
}

function summary({ documents, refused, denied, failed, unjudged, admittedWithFindings }: Tally): readonly string[] {
  const of = `${documents} ${documents === 1 ? "document" : "documents"}`;
  const more = admittedWithFindings === 0 ? "" : `; ${admittedWithFindings} of the others have findings`;
  if (refused === 0) {
    const found = admittedWithFindings === 0 ? "" : `; ${admittedWithFindings} have findings`;
    return paintLines("green", wrap(`none of ${of} would be refused${found}`, WIDTH));
  }
  const why = [
    ...(denied === 0 ? [] : [`${denied} denied by policies`]),
    ...(failed === 0 ? [] : [`${failed} since a policy failed`]),
    ...(unjudged === 0 ? [] : [`${unjudged} that could not be judged`]),
  ];
  return paintLines("red", wrap(`${refused} of ${of} would be refused: ${why.join(", ")}${more}`, WIDTH));
}

function paintLines(style: Style, lines: readonly string[]): readonly string[] {
  return lines.map((line) => paint(style, line));
}

/** styleText itself leaves colour out where stdout is no terminal, and heeds NO_COLOR. */
function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
