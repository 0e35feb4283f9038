import { withoutOwnName } from "./own-name.ts";

/**
 * What shows nothing, or acts on a terminal, or shows what the next version of Unicode says: control, format
 * (bidirectional marks and tags among them), surrogate, private-use and unassigned characters, line and paragraph
 * separators, and all that is ignored by default (zero-width ones, fillers, variation selectors).
 *
 * @see https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
export const UNPRINTABLE: RegExp = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** More marks on one letter than any script has: they would cover the lines around. */
const PILED_MARKS = /(?<=\p{M}{6})\p{M}/gu;

/** Blanks side by side, the Braille one among them, could fill up a terminal's line, so that the next word begins one. */
const BLANKS = /[\p{Zs}\u2800]{2,}/gu;

/** What needs no second look: letters of ASCII, and single spaces. */
const PLAIN = /^(?: ?[!-~])*$/;

/**
 * A text that fits on one line, does nothing to a terminal, and cannot be taken for a line of virt-warden's own: as
 * {@link withoutControls} writes it, with several blanks as one, and the colon of `virt-warden:` as `\u{3a}`.
 */
export function printable(text: string): string {
  return withoutOwnName(PLAIN.test(text) ? text : withoutControls(text).replace(BLANKS, " "));
}

/**
 * A text, perhaps of virt-warden's own, on one line that does nothing to a terminal: what acts is written as `\u{…}`, a
 * line end as `\n`.
 *
 * @example withoutControls("a\u001b[31m") is "a\\u{1b}[31m"
 */
export function withoutControls(text: string): string {
  return text.replace(UNPRINTABLE, escaped).replace(PILED_MARKS, escaped);
}

function escaped(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
