import { join } from "node:path";
import type { Finding } from "../engine/decision.ts";
import { ExplainedDocument } from "../explain/excerpt.ts";
import { cutText } from "../hook/cut-text.ts";
import { printable, withoutControls } from "../hook/printable.ts";
import { wrap } from "../wrap.ts";
import type { Judged } from "./answers.ts";

/** More findings and failures than this are counted alone. */
const MOST = 10;

/** In columns, within those that the reporter indents. */
const WIDTH = 72;

/** In UTF-16 units. */
const MAX_TEXT = 600;

/**
 * Explains a decision to whoever expected another one: each finding with the lines of the document that it is about and
 * the line of the policy that recorded it.
 *
 * @param files The policies' files by their names, as people know them.
 * @param folder The configuration's, as people know it.
 * @returns printable lines.
 */
export function explain(
  { decision, came }: Judged,
  files: ReadonlyMap<string, string>,
  folder: string,
): readonly string[] {
  const { findings, failures, policies, error } = decision;
  const document = new ExplainedDocument(came);
  const lines = [
    ...(error === undefined ? [] : wrapped(`the document cannot be judged: ${error.message}`)),
    ...findings.slice(0, MOST).flatMap((finding) => findingLines(finding, document, folder)),
    ...failures
      .slice(0, MOST)
      .flatMap(({ policy, message, stack = [] }) => [
        ...wrapped(`policy ${policy} failed: ${message}`),
        ...stack.slice(0, 3).map((frame) => `  at ${printable(frameIn(folder, frame))}`),
      ]),
  ];
  const more = Math.max(0, findings.length - MOST) + Math.max(0, failures.length - MOST);
  if (more > 0) lines.push(`and ${more} more`);
  if (lines.length > 0) return lines;
  return policies.map(({ name, outcome }) => {
    const what = outcome === "not-watching" ? "does not watch this event" : `found nothing (${outcome})`;
    return `${printable(files.get(name) ?? name)} ${what}`;
  });
}

function findingLines(finding: Finding, document: ExplainedDocument, folder: string): readonly string[] {
  const { policy, level, reason, at, from, mode, exempt } = finding;
  const effect = exempt === undefined ? (mode === "enforce" ? "" : ` [mode ${mode}]`) : ` [exempt: ${exempt.reason}]`;
  const lines = wrapped(`${level} by ${policy}: ${reason}${effect}`);
  if (from !== undefined) lines.push(`  recorded at ${printable(join(folder, from))}`);
  if (at !== undefined) lines.push(`  at ${printable(cutText(at, MAX_TEXT))}`);
  const excerpt = document.excerpt(at);
  if (excerpt === undefined) return lines;
  const width = String(excerpt.first + excerpt.lines.length - 1).length;
  const shown = excerpt.lines.map((text, index) => {
    const number = excerpt.first + index;
    const mark = number === excerpt.line ? ">" : " ";
    return `  ${mark} ${String(number).padStart(width)} | ${withoutControls(text)}`.slice(0, WIDTH + 4);
  });
  return [...lines, ...shown];
}

/** A frame such as `check (policies/a.ts:6:9)`, its file in the folder. */
function frameIn(folder: string, frame: string): string {
  const [, before = "", place = frame, after = ""] = /^(.* \()?([^()]*)(\))?$/.exec(frame) ?? [];
  return place.startsWith("virt-warden/") ? frame : `${before}${join(folder, place)}${after}`;
}

function wrapped(text: string): string[] {
  return wrap(printable(cutText(text, MAX_TEXT)), WIDTH).map((line, index) => (index === 0 ? line : `  ${line}`));
}
