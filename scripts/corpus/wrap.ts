const WIDTH = 80;

/**
 * Breaks a text into lines of 80 columns, the second and later ones indented by two more. A word that is longer, such
 * as a path, stays whole, so that it can be copied.
 *
 * @param indent Spaces before the first line.
 */
export function wrap(text: string, indent = 0): string {
  const lines: string[] = [];
  let line = " ".repeat(indent);
  let empty = true;
  for (const word of text.split(" ")) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(indent + 2);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line].join("\n");
}
