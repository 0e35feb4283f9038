import { resolve } from "node:path";
import type { Problem } from "../user-error.ts";
import { explainAsync } from "./explain-async.ts";
import { explainMissing } from "./missing-in-case.ts";
import { plainMessage, shorten } from "./plain-message.ts";
import { createSourceReader } from "./source-reader.ts";

/** `file(line,column): error TS1234: message`, the place missing for what concerns no file. */
const DIAGNOSTIC = /^(?:(.+)\((\d+),(\d+)\): )?error (TS\d+): (.*)$/;

/**
 * Reads what `tsc --pretty false --noErrorTruncation` printed.
 *
 * @param cwd where it ran; its paths start from there.
 * @param elsewhere what a problem without a place is put to.
 */
export function parseDiagnostics(output: string, cwd: string, elsewhere: string): Problem[] {
  const problems: Problem[] = [];
  const codeAt = createSourceReader();
  let isExplained = false;
  for (const text of output.split("\n")) {
    const [, path, line, column, code, message] = DIAGNOSTIC.exec(text) ?? [];
    const last = problems.at(-1);
    if (code !== undefined && message !== undefined) {
      const place = path === undefined ? { file: elsewhere } : at(resolve(cwd, path), Number(line), Number(column));
      const explained = explainMissing(message) ?? explainAsync(code, message, () => codeAt(place));
      isExplained = explained !== undefined;
      problems.push({
        ...place,
        message: `${explained ?? plainMessage(code, message, () => codeAt(place))} (${code})`,
      });
    } else if (last !== undefined && !isExplained && /^\s+\S/.test(text)) {
      problems[problems.length - 1] = { ...last, message: elaborate(last.message, text.trim()) };
    }
  }
  return problems;
}

function at(file: string, line: number, column: number): Omit<Problem, "message"> {
  return { file, line, column };
}

/** The compiler explains an error in indented lines below it; here it stays one line, the code last, nothing said twice. */
function elaborate(message: string, detail: string): string {
  const text = shorten(detail.replace(/\.$/, ""));
  const [code = ""] = / \(TS\d+\)$/.exec(message) ?? [];
  return message.includes(text) ? message : `${message.slice(0, message.length - code.length)}: ${text}${code}`;
}
