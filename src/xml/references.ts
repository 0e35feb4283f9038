const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * Puts characters in place of the references in a well-formed document's text: the five names that XML knows and
 * numbers, each once, so that `&amp;lt;` becomes `&lt;`.
 *
 * @throws RangeError for any other name.
 * @see https://www.w3.org/TR/xml/#sec-references
 */
export function decodeReferences(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(
    /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([^;]*));/g,
    (_, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
      const character = Object.hasOwn(NAMED, name ?? "") ? NAMED[name ?? ""] : undefined;
      if (character === undefined) throw new RangeError(`no entity is named ${name}`);
      return character;
    },
  );
}

/**
 * An attribute's value as XML 1.0 means it: a tab or line end is a space unless written as a reference.
 *
 * @see https://www.w3.org/TR/xml/#AVNormalize
 */
export function attributeValue(raw: string): string {
  return /[\t\n&]/.test(raw) ? decodeReferences(raw.replace(/[\t\n]/g, " ")) : raw;
}
