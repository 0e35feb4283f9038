import { wrap } from "../wrap.ts";
import { paint, type Style } from "./paint.ts";

/** In columns: what fits on every terminal. */
export const WIDTH = 80;

/**
 * A text in lines that are indented, those after the first further, 80 columns wide.
 *
 * @param text printable.
 * @param indent in columns.
 * @param style of the text's beginning up to `: `, or of all of it where `isWhole`.
 */
export function paragraph(
  text: string,
  indent: number,
  style?: { readonly of: Style; readonly isWhole?: true },
): readonly string[] {
  const [first = "", ...others] = wrap(text, WIDTH - indent - 2).map((line) => line.trimEnd());
  const head = style?.isWhole ? first : (/^[^:]*(?=:)/.exec(first)?.[0] ?? "");
  const painted = style === undefined ? first : `${paint(style.of, head)}${first.slice(head.length)}`;
  const rest = others.map((line) => (style?.isWhole ? paint(style.of, line) : line));
  const blanks = " ".repeat(indent);
  return [`${blanks}${painted}`, ...rest.map((line) => `${blanks}  ${line}`)];
}
