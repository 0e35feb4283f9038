import type { Decision } from "../../src/engine/decision.ts";
import type { Outcome } from "./attempt.ts";

/** What a line of the decision log tells of a decision. */
export type Logged = Pick<Decision, "status" | "findings" | "failures" | "policies">;

/** Control and format characters, which could act on a terminal; and what is no text at all. */
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Reads what one hook call added to the decision log.
 *
 * @throws Error that says what is wrong with it, where it is anything but one whole line.
 */
export function readLogLine(text: string): Logged {
  if (!text.endsWith("\n")) throw new Error(text === "" ? "no line in the decision log" : "a cut line in the log");
  const lines = text.slice(0, -1).split("\n");
  if (lines.length !== 1) throw new Error(`${lines.length} lines in the decision log instead of one`);
  if (ACTING.test(lines[0] ?? "")) throw new Error("characters in the decision log that act on a terminal");
  return JSON.parse(lines[0] ?? "") as Logged;
}

/** What became of one policy. */
export function outcomeOf({ findings, failures }: Logged, name: string): Outcome {
  const denied = findings.some(({ policy, level }) => policy === name && level === "deny");
  const [failure] = failures.filter(({ policy }) => policy === name);
  if (failure === undefined) return denied ? "denied" : "allowed";
  return denied ? `denied, ${failure.kind}` : failure.kind;
}
