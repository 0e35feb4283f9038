/** A text as one word of a shell's: `it's` is `'it'\''s'`. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Reads words that {@link shellQuote} wrote, with a space between them; `undefined` for anything else. */
export function shellUnquote(text: string): readonly string[] | undefined {
  if (!/^(?:'[^']*'(?:\\''[^']*')*(?: (?=')|$))*$/.test(text)) return undefined;
  const words = text.match(/'[^']*'(?:\\''[^']*')*/g) ?? [];
  return words.map((word) => word.slice(1, -1).replaceAll("'\\''", "'"));
}
