import { withoutOwnName } from "../../hook/own-name.ts";
import { withoutControls } from "../../hook/printable.ts";
import type { TestProblem } from "../results.ts";

/**
 * A text of a test's in a report for machines: each line does nothing to a terminal and holds nothing that XML 1.0
 * forbids. Blanks stay, since they are how excerpts line up.
 */
export function reportText(text: string): string {
  return text.split("\n").map(reportLine).join("\n");
}

/** A text on one line. */
export function reportLine(text: string): string {
  return withoutOwnName(withoutControls(text));
}

/** The place of a problem as editors read it, `a.test.ts:6:9`; undefined for none. */
export function placeText({ place }: TestProblem): string | undefined {
  return place === undefined ? undefined : reportLine(`${place.file}:${place.line}:${place.column}`);
}
