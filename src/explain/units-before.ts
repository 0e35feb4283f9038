/**
 * Where a character begins in a line, in UTF-16 units.
 *
 * @param column Which character, 1-based.
 */
export function unitsBefore(line: string, column: number): number {
  if (!/[\uD800-\uDBFF]/.test(line.slice(0, column - 1))) return column - 1;
  let at = 0;
  for (let left = column - 1; left > 0 && at < line.length; left--) at += (line.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}
