import { HONEST, type Judged } from "./judge-beside-honest.ts";

/** What acts on a terminal or breaks a line, and halves of characters. */
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * What is wrong with a hook's stderr: it has at most twenty lines, each by a policy of the bundle in its true name.
 *
 * @param name The hostile policy's.
 * @param honestDeny Whether the honest policies deny at this event.
 */
export function stderrProblems({ stderr, guest }: Judged, name: string, honestDeny: boolean): string[] {
  const problems: string[] = [];
  const lines = stderr === "" ? [] : stderr.replace(/\n$/, "").split("\n");
  if (stderr !== "" && !stderr.endsWith("\n")) problems.push("the last line on stderr is cut off");
  if (lines.length > 20) problems.push(`${lines.length} lines on stderr`);
  if (Buffer.byteLength(stderr) > 4096) problems.push(`${Buffer.byteLength(stderr)} bytes on stderr`);
  for (const line of lines.filter((each) => ACTING.test(each))) {
    problems.push(`a line on stderr acts on a terminal: ${JSON.stringify(line.slice(0, 200))}`);
  }
  const own = linesOf(stderr, name);
  const denials = honestDeny ? honestDenials(guest) : [];
  for (const line of lines) {
    if (own.includes(line) || denials.includes(line)) continue;
    if (/^virt-warden: \d+ more reasons are in the decision log$/.test(line)) continue;
    problems.push(`a line on stderr is by nobody: ${JSON.stringify(line.slice(0, 200))}`);
  }
  for (const denial of denials) {
    const count = lines.filter((line) => line === denial).length;
    if (count !== 1) problems.push(`${count} times on stderr: ${denial}`);
  }
  return problems;
}

/** What the honest policies say where they deny. */
function honestDenials(guest: string): string[] {
  const line = (name: string, which: string) =>
    `virt-warden: denied by ${name}: guest ${guest} may not start, says the ${which} (at name)`;
  return [line(HONEST[0], "first"), line(HONEST[1], "last")];
}

/** The lines about one policy. */
export function linesOf(stderr: string, name: string): string[] {
  const beginnings = [`denied by ${name}: `, `policy ${name} failed: `, `warning by ${name}: `];
  return stderr.split("\n").filter((line) => beginnings.some((each) => line.startsWith(`virt-warden: ${each}`)));
}
