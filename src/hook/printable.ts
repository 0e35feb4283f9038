/** Control, format (bidirectional marks among them), surrogate, line and paragraph separator characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text that fits on one line and does nothing to a terminal: what would is written as `\u{…}`, a line end as `\n`.
 *
 * @example printable("a\u001b[31m") is "a\\u{1b}[31m"
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
