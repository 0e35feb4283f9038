import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, matchesGlob } from "node:path";

/**
 * Whether a rule of logrotate's names a file, itself or by a pattern.
 *
 * @param places Files of rules, and folders of them.
 * @see logrotate(8)
 */
export function isRotated(file: string, places: readonly string[]): boolean {
  return places
    .flatMap(filesOf)
    .flatMap(wordsOf)
    .some((word) => word.startsWith("/") && matchesGlob(file, word));
}

/** A rule that rotates a log, as a line to put in force. */
export function rotationRule(file: string): string {
  return `"${file}" { weekly rotate 8 compress missingok notifempty }`;
}

function filesOf(place: string): readonly string[] {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  return stats.isDirectory() ? readdirSync(place).map((name) => join(place, name)) : [place];
}

/** Without comments, quotes and braces. */
function wordsOf(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8")
      .replace(/^\s*#.*$/gm, "")
      .split(/[\s"'{}]+/);
  } catch {
    return [];
  }
}
