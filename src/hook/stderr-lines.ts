import type { Decision, Failure, Finding } from "../engine/decision.ts";
import { inRounds } from "../log/in-rounds.ts";
import { cutText } from "./cut-text.ts";
import { refuses } from "./events.ts";
import { printable } from "./printable.ts";

/** libvirt hands all of a hook's stderr to its client. */
const MAX_LINES = 20 - 1;

/**
 * In bytes, line ends included. As with the lines, some are left for the launcher's own warning, about the log, and for
 * the last line, which says how much is missing.
 */
const MAX_BYTES = 4096 - 320 - 80;

/** In bytes; a reason is one clear line, and longer ones are in the decision log. */
const MAX_LINE = 500;

/** In bytes; lines are not made shorter than this, so that many policies have a line each. */
const MIN_LINE = 190;

/** In bytes; long names leave at least this much to a reason. */
const MIN_TEXT = 32;

/** A line that is still to be cut to what there is room for. */
interface Line {
  readonly policy: string;
  /** What virt-warden says itself. */
  readonly head: string;
  /** What a policy or a document says. */
  readonly text: string;
  readonly tail?: string;
}

/**
 * What a hook says on stderr: a line a reason, the strictest first, and each policy's first before any policy's second.
 *
 * @returns At most 19 lines and less than 4 KiB, without line ends, with nothing in them that acts on a terminal.
 */
export function stderrLines(decision: Decision): readonly string[] {
  const { error, failures, findings } = decision;
  const [denials = [], ...moreDenials] = inRounds(
    findings.filter(isBinding).map((finding) => findingLine(`${denialEffect(decision, finding)}denied by`, finding)),
  );
  const warnings = inRounds(findings.filter(isWarning).map((finding) => findingLine("warning by", finding)));
  const effect = isAdmission(decision) ? "" : onlyLogged(decision);
  const first = [...denials, ...failures.map((failure) => failureLine(failure, effect))];
  const broken = error === undefined ? [] : [{ policy: "", head: effect, text: engineFailureText(error) }];
  // where many policies have something to say, none has much room
  const room = Math.max(MIN_LINE, Math.min(MAX_LINE, Math.floor(MAX_BYTES / (first.length + 1)) - 1));
  return bounded([...broken, ...first, ...moreDenials.flat(), ...warnings.flat()], room);
}

/** A denial that binds is only logged where a refusal would end what runs, unless it is meant, or comes too late. */
function denialEffect(decision: Decision, { whenRunning }: Finding): string {
  const takesEffect = decision.status !== 0 && (isAdmission(decision) || whenRunning === "kill");
  return takesEffect ? "" : onlyLogged(decision);
}

function isAdmission({ event }: Decision): boolean {
  const [hook = "", operation = ""] = event.split("/");
  return refuses(hook, operation);
}

function onlyLogged({ event }: Decision): string {
  return `only logged at ${printable(event)}: `;
}

/** The line of one denial that binds. */
export function denialLine(finding: Finding): string {
  return bounded([findingLine("denied by", finding)], MAX_LINE).join();
}

/** `engine failure: …`, with the place in the document where there is one. */
export function engineFailureText(error: NonNullable<Decision["error"]>): string {
  const where = error.line === undefined ? "" : `line ${error.line}, column ${error.column}: `;
  return `engine failure: ${where}${error.message}`;
}

/** `policy NAME failed: …`, printable. */
export function failureText(failure: Failure): string {
  return lineText(failureLine(failure));
}

function findingLine(what: string, { policy, reason, at }: Finding): Line {
  return { policy, head: `${what} ${policy}: `, text: reason, ...(at === undefined ? {} : { tail: ` (at ${at})` }) };
}

function failureLine({ policy, message, onError }: Failure, effect = ""): Line {
  const line = { policy, head: `${effect}policy ${policy} failed: `, text: message };
  return onError === "allow" ? { ...line, tail: " (allowed by onError)" } : line;
}

function isBinding(finding: Finding): boolean {
  return finding.level === "deny" && finding.mode === "enforce" && finding.exempt === undefined;
}

/** What a policy in mode `audit`, or one that a guest is exempt from, finds is only logged. */
function isWarning(finding: Finding): boolean {
  return !isBinding(finding) && finding.mode !== "audit" && finding.exempt === undefined;
}

/** @param room In bytes. */
function lineText({ head, text, tail = "" }: Line, room = Number.POSITIVE_INFINITY): string {
  const end = cutText(printable(tail), Math.floor(room / 4), Buffer.byteLength);
  const left = room - Buffer.byteLength(head + end);
  return `${head}${cutText(printable(text), Math.max(MIN_TEXT, left), Buffer.byteLength)}${end}`;
}

function bounded(lines: readonly Line[], room: number): readonly string[] {
  const kept: string[] = [];
  let bytes = 0;
  for (const line of lines.slice(0, MAX_LINES)) {
    const whole = `virt-warden: ${lineText(line, room - "virt-warden: ".length)}`;
    bytes += Buffer.byteLength(whole) + 1;
    if (bytes > MAX_BYTES) break;
    kept.push(whole);
  }
  if (kept.length === lines.length) return kept;
  const shown = kept.slice(0, MAX_LINES - 1);
  return [...shown, `virt-warden: ${lines.length - shown.length} more reasons are in the decision log`];
}
