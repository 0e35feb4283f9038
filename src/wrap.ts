/**
 * Breaks a text at blanks into lines of at most so many columns, the first one too; inside words only where one is longer.
 *
 * @param width in columns, at least 1.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (joined.length <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (line.length > width) {
      const end = endOfCharacter(line, width);
      lines.push(line.slice(0, end));
      line = line.slice(end);
    }
  }
  return [...lines, line];
}

/** Half a character is none: one that a cut would halve is left to the next line. */
function endOfCharacter(text: string, end: number): number {
  return end > 1 && /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
