import { resolve } from "node:path";
import type { Problem } from "../user-error.ts";

/** `file(line,column): error TS1234: message`, the place missing for what concerns no file. */
const DIAGNOSTIC = /^(?:(.+)\((\d+),(\d+)\): )?error (TS\d+): (.*)$/;

/** Codes of unknown names that the compiler explains by advice on a tsconfig.json: `console`, `process`, `Buffer`, … */
const UNKNOWN_GLOBAL = new Set(["TS2580", "TS2584", "TS2591"]);

/**
 * Reads what `tsc --pretty false` printed.
 *
 * @param cwd where it ran; its paths start from there.
 * @param elsewhere what a problem without a place is put to.
 */
export function parseDiagnostics(output: string, cwd: string, elsewhere: string): Problem[] {
  const problems: Problem[] = [];
  for (const text of output.split("\n")) {
    const [, file, line, column, code, message] = DIAGNOSTIC.exec(text) ?? [];
    const last = problems.at(-1);
    if (code !== undefined && message !== undefined) {
      const place = file === undefined ? { file: elsewhere } : { file: resolve(cwd, file), ...at(line, column) };
      problems.push({ ...place, message: `${plain(code, message)} (${code})` });
    } else if (last !== undefined && /^\s+\S/.test(text)) {
      problems[problems.length - 1] = { ...last, message: elaborate(last.message, text.trim()) };
    }
  }
  return problems;
}

function at(line: string | undefined, column: string | undefined): Pick<Problem, "line" | "column"> {
  return { line: Number(line), column: Number(column) };
}

function plain(code: string, message: string): string {
  const [first = message] = message.split(". ", 1);
  return UNKNOWN_GLOBAL.has(code)
    ? `${first}: policies have JavaScript's own globals alone`
    : message.replace(/\.$/, "");
}

/** The compiler explains an error in indented lines below it; here it stays one line, the code last, nothing said twice. */
function elaborate(message: string, detail: string): string {
  const text = detail.replace(/\.$/, "");
  return message.includes(text) ? message : message.replace(/ \(TS\d+\)$/, (code) => `: ${text}${code}`);
}
