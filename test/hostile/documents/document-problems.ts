import type { Decision } from "../../../src/engine/decision.ts";
import type { Ended } from "../../support/launcher.ts";
import type { DocumentAttempt } from "./attempt.ts";
import { MAX_LOG_LINE } from "./limits.ts";

/** What the documents hold or ask for that nobody may repeat: a password, and a line of /etc/passwd. */
const SECRETS = ["hunter2", "root:x:0"];

/** Control and format characters, which act on a terminal or break a line. */
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * What is wrong with what a hook call said of a document.
 *
 * @param logged The lines of the decision log that are about the call.
 */
export function documentProblems({ outcome }: DocumentAttempt, ended: Ended, logged: readonly string[]): string[] {
  const problems: string[] = [];
  if (ended.status !== outcome.status) problems.push(`status ${ended.status} instead of ${outcome.status}`);
  if (ended.stdout !== "") problems.push(`stdout has ${JSON.stringify(ended.stdout.slice(0, 200))}`);
  problems.push(...stderrProblems(outcome, ended.stderr), ...logProblems(outcome, logged));
  for (const secret of SECRETS) {
    if (ended.stderr.includes(secret)) problems.push(`stderr has ${secret}`);
    if (logged.some((line) => line.includes(secret))) problems.push(`the decision log has ${secret}`);
  }
  return problems;
}

function stderrProblems({ status, line }: DocumentAttempt["outcome"], stderr: string): string[] {
  const problems: string[] = [];
  const lines = stderr.split("\n");
  if (lines.pop() !== "") problems.push("the last line on stderr is cut off");
  if (!line.test(lines[0] ?? ""))
    problems.push(`the line on stderr is ${JSON.stringify((lines[0] ?? "").slice(0, 300))}`);
  // the honest policy may find more than one fault; an engine failure is one line
  const others = lines.slice(1).filter((each) => status === 3 || !each.startsWith("virt-warden: denied by honest: "));
  if (others.length > 0) problems.push(`more on stderr: ${JSON.stringify(others.join("\n").slice(0, 300))}`);
  if (lines.length > 20 || Buffer.byteLength(stderr) > 4096) problems.push("stderr is longer than 20 lines or 4 KiB");
  if (lines.some((each) => ACTING.test(each))) problems.push("stderr acts on a terminal");
  return problems;
}

function logProblems({ status }: DocumentAttempt["outcome"], logged: readonly string[]): string[] {
  const [line, ...more] = logged;
  if (line === undefined || more.length > 0) return [`${logged.length} lines in the decision log instead of one`];
  const problems: string[] = [];
  if (ACTING.test(line)) problems.push("the decision log acts on a terminal");
  if (line.length > MAX_LOG_LINE) problems.push(`${line.length} characters in the decision log`);
  try {
    const decision = JSON.parse(line) as Decision;
    if (decision.status !== status) problems.push(`the decision log has status ${decision.status}`);
    if ((decision.error === undefined) !== (status === 1))
      problems.push("the decision log has another kind of verdict");
  } catch {
    problems.push(`the decision log has a broken line: ${line.slice(0, 200)}`);
  }
  return problems;
}
