import { resolve } from "node:path";
import { reportLine } from "../reporters/report-text.ts";
import { countLines } from "./format-coverage.ts";
import type { FileCoverage } from "./line-coverage.ts";

/**
 * Coverage as editors and CI systems read it. V8 says how often, the lines only whether: 1 or 0.
 *
 * @param folder where the configuration lies, as an absolute path.
 * @see geninfo(1), section TRACEFILE FORMAT, of LCOV
 */
export function lcovText(files: readonly FileCoverage[], folder: string): string {
  return files.map((file) => `${recordLines(file, folder).join("\n")}\n`).join("");
}

function recordLines(file: FileCoverage, folder: string): readonly string[] {
  const { total, covered } = countLines([file]);
  return [
    "TN:",
    `SF:${reportLine(resolve(folder, file.file))}`,
    ...[...file.lines].map(([line, state]) => `DA:${line},${state === "ran" ? 1 : 0}`),
    `LF:${total}`,
    `LH:${covered}`,
    "end_of_record",
  ];
}
