import type { Decision, Failure, Finding } from "../engine/decision.ts";
import { printable } from "./printable.ts";

/** libvirt hands all of a hook's stderr to its client. */
const MAX_LINES = 20 - 1;

/**
 * In bytes, line ends included; room for the last line that says how much is missing is kept apart. As with the lines,
 * some are left for the launcher's own warning, about the log.
 */
const MAX_BYTES = 4096 - 320;
const LAST_LINE = 80;

/** In bytes; a reason is one clear line, and longer ones are in the decision log. */
const MAX_LINE = 500;

/**
 * What a hook says on stderr: a line a reason, the strictest first.
 *
 * @returns At most 19 lines and less than 4 KiB, without line ends, with nothing in them that acts on a terminal.
 */
export function stderrLines(decision: Decision): readonly string[] {
  const { error, failures, findings } = decision;
  // where a refusal would end a running guest, or come too late
  const effect = decision.status === 0 ? `only logged at ${decision.event}: ` : "";
  const denials = findings.filter(isBinding).map(({ policy, reason, at }) => ({
    policy,
    line: `${effect}denied by ${policy}: ${reason}${place(at)}`,
  }));
  const warnings = findings.filter(isWarning).map(({ policy, reason, at }) => ({
    policy,
    line: `warning by ${policy}: ${reason}${place(at)}`,
  }));
  const lines = [
    ...(error === undefined ? [] : [engineFailureText(error)]),
    ...firstOfEach(denials),
    ...failures.map(failureText),
    ...restOfEach(denials),
    ...firstOfEach(warnings),
    ...restOfEach(warnings),
  ];
  return bounded(lines.map((line) => cutTo(`virt-warden: ${printable(line)}`, MAX_LINE)));
}

/** A policy's line. */
interface PolicyLine {
  readonly policy: string;
  readonly line: string;
}

/** One line a policy, so that no flood of one hides another's. */
function firstOfEach(lines: readonly PolicyLine[]): readonly string[] {
  return lines.filter((each, index) => isFirst(lines, each, index)).map(({ line }) => line);
}

function restOfEach(lines: readonly PolicyLine[]): readonly string[] {
  return lines.filter((each, index) => !isFirst(lines, each, index)).map(({ line }) => line);
}

function isFirst(lines: readonly PolicyLine[], { policy }: PolicyLine, index: number): boolean {
  return lines.findIndex((other) => other.policy === policy) === index;
}

/** `engine failure: …`, with the place in the document where there is one. */
export function engineFailureText(error: NonNullable<Decision["error"]>): string {
  const where = error.line === undefined ? "" : `line ${error.line}, column ${error.column}: `;
  return `engine failure: ${where}${error.message}`;
}

/** `policy NAME failed: …`. */
export function failureText(failure: Failure): string {
  return `policy ${failure.policy} failed: ${failure.message}`;
}

function isBinding(finding: Finding): boolean {
  return finding.level === "deny" && finding.mode === "enforce" && finding.exempt === undefined;
}

/** What a policy in mode `audit`, or one that a guest is exempt from, finds is only logged. */
function isWarning(finding: Finding): boolean {
  return !isBinding(finding) && finding.mode !== "audit" && finding.exempt === undefined;
}

function place(at: string | undefined): string {
  return at === undefined ? "" : ` (at ${at})`;
}

function bounded(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > MAX_BYTES - LAST_LINE) break;
    kept.push(line);
  }
  if (lines.length <= MAX_LINES && kept.length === lines.length) return kept;
  const shown = kept.slice(0, MAX_LINES - 1);
  return [...shown, `virt-warden: ${lines.length - shown.length} more reasons are in the decision log`];
}

/** The longest beginning that fits, never half a character. */
function cutTo(line: string, bytes: number): string {
  if (Buffer.byteLength(line) <= bytes) return line;
  let end = bytes - 3;
  const encoded = Buffer.from(line);
  while (end > 0 && ((encoded[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${encoded.subarray(0, end).toString()}…`;
}
