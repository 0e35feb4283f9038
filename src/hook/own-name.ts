/**
 * Letters that many fonts draw like those of our name, in lower case, beside the forms that Unicode itself calls equal.
 *
 * @see https://www.unicode.org/Public/security/latest/confusables.txt
 */
const LOOKALIKES: Readonly<Record<string, string>> = {
  v: "ѵνᴠⱱ∨⋁",
  i: "іιıӏɩɪ1l|!",
  r: "гᴦʀɼ",
  t: "тτᴛ",
  w: "ԝѡաɯᴡωш",
  a: "аαɑᴀ",
  d: "ԁɗᴅ",
  e: "еєεҽ℮ᴇ",
  n: "пոռηɴ",
  "-": "‐‑‒–—―−⁃﹘﹣－_~·",
  ":": "։׃܃܄᛬∶꞉ː˸⁚︓﹕：",
};

const TWINS: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOKALIKES).flatMap(([letter, twins]) => [...twins].map((twin) => [twin, letter] as const)),
);

/** The name that begins each of our lines. */
const NAME = /virt[- ]?warden *:/g;

/** ASCII only, and nothing that could be the name: most texts. */
const HARMLESS = /^(?!.*warden)[ -~]*$/i;

/**
 * Writes the colon after virt-warden's name as `\u{3a}`: a terminal breaks a long line wherever it ends, and what comes
 * next must not look like a line of ours. Letters that only look like the name's count as well.
 *
 * @param text without characters that show nothing.
 */
export function withoutOwnName(text: string): string {
  if (HARMLESS.test(text)) return text;
  const letters = [...text];
  const simple = letters.flatMap((letter, index) => simplest(letter).map((base) => ({ base, index })));
  const plain = simple.map(({ base }) => base).join("");
  for (const { index, 0: name } of plain.matchAll(NAME)) {
    const colon = simple[index + name.length - 1]?.index ?? 0;
    letters[colon] = `\\u{${letters[colon]?.codePointAt(0)?.toString(16)}}`;
  }
  return letters.join("");
}

/** The letters of ASCII that one looks like, each a UTF-16 unit; none for a mark on the letter before it. */
function simplest(letter: string): readonly string[] {
  const parts = letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return [...parts].map((part) => TWINS.get(part) ?? part.charAt(0));
}
