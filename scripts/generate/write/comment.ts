/** How long a line of a comment may be. */
const WIDTH = 120;

/**
 * Writes a TSDoc comment, on one line where it fits.
 *
 * @param paragraphs Empty ones are left out.
 * @param indent Spaces before each line.
 */
export function writeComment(paragraphs: readonly string[], indent = ""): string[] {
  const texts = paragraphs.filter((paragraph) => paragraph !== "");
  if (texts.length === 0) return [];
  const single = `${indent}/** ${texts.join(" ")} */`;
  if (single.length <= WIDTH) return [single];
  const lines = texts.flatMap((text, index) => [
    ...(index === 0 ? [] : [""]),
    ...wrap(text, WIDTH - indent.length - 3),
  ]);
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
