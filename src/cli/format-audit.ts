import type { Audited } from "../audit/audit.ts";
import type { Finding } from "../engine/decision.ts";
import type { Excerpt } from "../explain/excerpt.ts";
import { printable } from "../hook/printable.ts";
import { engineFailureText, failureText } from "../hook/stderr-lines.ts";
import { wrap } from "../wrap.ts";
import { findingNote } from "./finding-note.ts";
import { paint, type Style } from "./paint.ts";

/** In columns. */
const WIDTH = 80;
const GAP = "  ";
const INDENT = "    ";

/**
 * A document that there is something to say of, 80 columns wide, but for its path, which is to be copied: the verdict,
 * then a paragraph a finding. Coloured only where stdout is a terminal.
 */
export function formatAudited({ file, isRunning, decision, excerpts }: Audited): string {
  const { findings, failures, error, object } = decision;
  const verdict = paint(decision.status === 0 ? "green" : "red", decision.status === 0 ? "ALLOW" : "DENY");
  const paragraphs = [
    ...(error === undefined ? [] : [paragraph(printable(engineFailureText(error)), "red")]),
    ...findings.map((finding, index) => findingParagraph(finding, excerpts[index])),
    ...failures.map((failure) => paragraph(failureText(failure), "red")),
  ];
  const state = isRunning ? ["(running)"] : [];
  const names = [...(object === "" ? [] : [printable(object)]), ...state, printable(file)].join(GAP);
  return [`${verdict}${GAP}${names}`, ...paragraphs].join("\n");
}

function findingParagraph(finding: Finding, excerpt: Excerpt | undefined): string {
  const { policy, level, reason, at } = finding;
  const line = excerpt === undefined ? "" : `, line ${excerpt.line}`;
  const place = at === undefined ? "" : ` (at ${at}${line})`;
  const note = findingNote(finding);
  const binds = level === "deny" && note === "";
  const text = `${policy}: ${level}: ${printable(reason)}${printable(place)}${note === "" ? "" : printable(` ${note}`)}`;
  const shown = excerpt === undefined ? [] : [excerptLine(excerpt)];
  return [paragraph(text, binds ? "red" : "yellow"), ...shown].join("\n");
}

/** The one line that a finding is about, cut where it is long; `eval` and the report show those around it. */
function excerptLine({ line, first, lines }: Excerpt): string {
  const text = printable((lines[line - first] ?? "").trim());
  const start = `${INDENT}${GAP}${line} | `;
  const room = WIDTH - start.length;
  return paint("dim", `${start}${text.length > room ? `${text.slice(0, room - 1)}…` : text}`);
}

/** The first line is coloured up to its first colon, the others are indented further. */
function paragraph(text: string, style: Style): string {
  const [first = "", ...others] = wrap(text, WIDTH - INDENT.length);
  const head = /^[^:]*/.exec(first)?.[0] ?? "";
  const lines = [`${paint(style, head)}${first.slice(head.length)}`, ...others.map((line) => `${GAP}${line}`)];
  return lines.map((line) => `${GAP}${line}`).join("\n");
}
