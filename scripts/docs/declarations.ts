/** An exported declaration of a typings file. */
export interface Declaration {
  readonly name: string;
  /** `function`, `interface`, `type`. */
  readonly kind: string;
  /** Its comment without the stars, with tags such as `@param` as they stand. */
  readonly doc: string;
  /** The declaration itself, with the comments of its members. */
  readonly code: string;
}

const DECLARATION = /^(?:\/\*\*(?<doc>[\s\S]*?)\*\/\n)?(?<code>export (?:declare )?(?<kind>\w+) (?<name>\w+)[\s\S]*)$/;

/**
 * The exported declarations of a typings file, in its order. Files are formatted: a blank line stands between any two
 * statements, and none but statements begins a line.
 */
export function readDeclarations(text: string): readonly Declaration[] {
  return text.split(/\n{2,}(?=\S)/).flatMap((statement) => {
    const { doc = "", code = "", kind = "", name = "" } = DECLARATION.exec(statement.trim())?.groups ?? {};
    if (name === "" || (kind === "type" && code.startsWith("export type {"))) return [];
    const plain = doc.replace(/^ ?\* ?/gm, "").trim();
    return [{ name, kind, doc: plain, code: code.replace(/^export (?:declare )?/, "").trim() }];
  });
}
