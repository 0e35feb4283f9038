const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g;

/** A property or a method; neither a call, construct or index signature nor an accessor. */
const MEMBER = /^(?:readonly )?(?!new\b)(\[Symbol\.\w+\]|"[^"]+"|[\w$]+)(\??)\s*[(<:]/;

/**
 * Reads the source code of an interface's member.
 *
 * @returns the name as the source has it, `[Symbol.iterator]` and `"quoted"` included, and whether it may be absent;
 *   `undefined` for what has no name.
 */
export function memberName(text: string): { readonly name: string; readonly optional: boolean } | undefined {
  const [, name, mark] = MEMBER.exec(text.replaceAll(COMMENT, "").trim()) ?? [];
  return name === undefined ? undefined : { name, optional: mark === "?" };
}
