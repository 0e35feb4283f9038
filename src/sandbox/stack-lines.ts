/** Where a line of a stack trace points, in the code that V8 ran; both 1-based. */
export interface StackLine {
  /** As V8 prints it; empty for a function without a name. */
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** The longest text that is looked at, in UTF-16 units; the guest keeps no more. */
const MAX_STACK = 8000;

/** How many lines V8 gives an error unless a policy sets `Error.stackTraceLimit`. */
const USUAL_LINES = 10;

/** The function that an async function calls to run its body: the call before is of the same function. */
const RUNS_BODY = /^ {4}at \$vw\d{4} \(/;

const MARK = "    at ";
const NAMED = /^(.*) \(([^()]*):(\d{1,9}):(\d{1,9})\)$/;
const UNNAMED = /^([^()]*):(\d{1,9}):(\d{1,9})$/;

/**
 * Reads the text of an error's `stack`: `NAME: MESSAGE`, then a line a call. It is the policy's to write, and its message
 * may be a document's: a message can hold lines that look like calls.
 *
 * @param message the failure's message, which ends in what the text begins with unless the policy changed either later.
 * @param file the name of the script whose lines count.
 * @returns the calls within that script, innermost first.
 * @see https://v8.dev/docs/stack-trace-api
 */
export function stackLines(stack: string, message: string, file: string): readonly StackLine[] {
  const text = stack.slice(0, MAX_STACK);
  const header = headerLength(text, message);
  const lines = text.slice(header ?? 0).split("\n");
  // what was cut off in the middle would point somewhere else
  if (text.length === MAX_STACK) lines.pop();
  const calls = text.startsWith(message) && header !== undefined ? lines.filter(isCall) : lastCalls(lines.slice(1));
  const isBody = (index: number) => !RUNS_BODY.test(calls[index - 1] ?? "");
  return calls.filter((_, index) => isBody(index)).flatMap((line) => readCall(line.slice(MARK.length), file) ?? []);
}

/** How much of the text is the error's name and message; undefined where the message is not found there. */
function headerLength(text: string, message: string): number | undefined {
  const firstEnd = text.indexOf("\n");
  for (let start = 0, tries = 0; tries < 4; tries += 1) {
    const known = message.slice(start);
    // before it there can be another name: class fields are set after V8 has written the text
    const colon = text.startsWith(known) ? -2 : text.indexOf(`: ${known}`);
    const end = colon + 2 + known.length;
    const isFound = colon === -2 || (colon >= 0 && colon < firstEnd);
    if (isFound && known !== "" && (end === text.length || text[end] === "\n")) return end;
    const next = message.indexOf(": ", start);
    if (next < 0) return undefined;
    start = next + 2;
  }
  return undefined;
}

/**
 * The calls that end a text. Where they follow lines of a message that look the same, nobody can tell which are which:
 * the last ones are kept, so that no real one is lost.
 */
function lastCalls(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex(isCall) + 1;
  const start = lines.slice(0, end).findLastIndex((line) => !isCall(line)) + 1;
  return lines.slice(Math.max(start, end - USUAL_LINES), end);
}

function isCall(line: string): boolean {
  return line.startsWith(MARK);
}

function readCall(call: string, file: string): StackLine | undefined {
  const [, name, named, namedLine, namedColumn] = NAMED.exec(call) ?? [];
  if (named === file) return { name: name ?? "", line: Number(namedLine), column: Number(namedColumn) };
  const [, unnamed, line, column] = UNNAMED.exec(call) ?? [];
  return unnamed === file ? { name: "", line: Number(line), column: Number(column) } : undefined;
}
