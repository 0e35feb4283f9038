/** What would be read as something else inside an attribute's value: markup, quotes, and white space that is no space. */
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "'": "&apos;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/**
 * A text as it stands between tags. `>` is escaped because of `]]>`, a carriage return because it would be read as a line
 * end.
 *
 * @see https://www.w3.org/TR/xml/#syntax and #sec-line-ends
 */
export function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => REFERENCES[character] ?? character);
}

/**
 * A text as it stands in an attribute's value, within quotes of either kind.
 *
 * @see https://www.w3.org/TR/xml/#AVNormalize
 */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>'"\t\n\r]/g, (character) => REFERENCES[character] ?? character);
}
