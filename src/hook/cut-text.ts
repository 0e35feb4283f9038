/**
 * The beginning of a text that is too long, and how many UTF-16 units of it are missing: `abc… (9 more)`. Never half a
 * character. Takes time in proportion to what is kept, not to the text.
 *
 * @param most How long the result may be at most; at least 24.
 * @param size How long a text is: in UTF-16 units unless given, or in bytes.
 */
export function cutText(text: string, most: number, size: (text: string) => number = unitsOf): string {
  // no unit is less than one of size
  if (text.length <= most && size(text) <= most) return text;
  const note = (left: number): string => `… (${left} more)`;
  let room = most - size(note(text.length));
  let end = 0;
  for (const letter of text) {
    room -= size(letter);
    if (room < 0) break;
    end += letter.length;
  }
  return `${text.slice(0, end)}${note(text.length - end)}`;
}

function unitsOf(text: string): number {
  return text.length;
}
