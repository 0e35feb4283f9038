import { noticeLine } from "../break-glass/texts.ts";
import { printable } from "../hook/printable.ts";
import { isBinding, type LoggedDecision, type LoggedFinding, type LoggedNotice } from "../log/read/logged.ts";
import { wrap } from "../wrap.ts";
import { paint, type Style } from "./paint.ts";

/** In columns. */
const WIDTH = 80;
const INDENT = "  ";

/** A moment as the log for people has it, in UTC: `2026-01-31 10:00:00Z`. */
export function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace("T", " ")}Z`;
}

/**
 * A logged decision for people, 80 columns wide: when, what, whose, then a paragraph a reason. Coloured only where stdout
 * is a terminal.
 */
export function formatLogged(logged: LoggedDecision | LoggedNotice): string {
  if (logged.decision === undefined) return formatNotice(logged);
  const { time, decision, object, event, error, findings, failures, rewrites } = logged;
  const verdict = decision === "deny" ? "DENY " : "ALLOW";
  const head = `${timeText(time)}  ${verdict}  `;
  const [first = "", ...others] = wrap(`${printable(object)} ${printable(event)}`, WIDTH - head.length);
  const painted = head.replace(verdict, paint(decision === "deny" ? "red" : "green", verdict));
  return [
    `${painted}${first}`,
    ...others.map((line) => `${" ".repeat(head.length)}${line}`),
    ...(logged.breakGlass
      ? [paragraph(`break-glass: all policies in audit ${noticeLine(logged.breakGlass)}`, "yellow")]
      : []),
    ...(error === undefined ? [] : [paragraph(`engine failure: ${errorText(error)}`, "red")]),
    ...findings.map((finding) => paragraph(findingText(finding), isBinding(finding) ? "red" : "yellow")),
    ...failures.map(({ policy, message, onError, more }) => {
      const note = onError === "allow" ? " (allowed by onError)" : "";
      return paragraph(`policy ${policy} failed: ${message}${note}${moreText(more)}`, "red");
    }),
    ...rewriteCounts(rewrites).map((text) => paragraph(text, "cyan")),
  ].join("\n");
}

function formatNotice({ time, msg, breakGlass }: LoggedNotice): string {
  return `${timeText(time)}  ${paint("yellow", printable(msg))}\n${paragraph(noticeLine(breakGlass), "reset")}`;
}

function errorText({ message, line, column }: NonNullable<LoggedDecision["error"]>): string {
  return line === undefined ? message : `line ${line}, column ${column ?? 1}: ${message}`;
}

function findingText({ policy, level, mode, reason, at, exempt, more }: LoggedFinding): string {
  const notes = [
    ...(mode === "enforce" ? [] : [`mode ${mode}`]),
    ...(exempt === undefined ? [] : [`exempt: ${exempt.reason}${exempt.expires ? `, until ${exempt.expires}` : ""}`]),
  ];
  const note = notes.length === 0 ? "" : ` [${notes.join("; ")}]`;
  return `${level} by ${policy}: ${reason}${at === undefined ? "" : ` (at ${at})`}${note}${moreText(more)}`;
}

function moreText(more: number | undefined): string {
  return more === undefined ? "" : ` (${more} in all)`;
}

/** A line a policy that changed the document, and how often. */
function rewriteCounts(rewrites: LoggedDecision["rewrites"]): readonly string[] {
  const counts = Map.groupBy(rewrites, ({ policy }) => policy);
  return [...counts].map(
    ([policy, { length }]) => `rewritten by ${policy}: ${length} ${length === 1 ? "edit" : "edits"}`,
  );
}

/** Coloured up to its first colon; its further lines are indented further. */
function paragraph(text: string, style: Style): string {
  const [first = "", ...others] = wrap(printable(text), WIDTH - 2 * INDENT.length);
  const head = /^[^:]*/.exec(first)?.[0] ?? "";
  const lines = [`${paint(style, head)}${first.slice(head.length)}`, ...others.map((line) => `${INDENT}${line}`)];
  return lines.map((line) => `${INDENT}${line}`).join("\n");
}
