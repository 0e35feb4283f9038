import { DocumentError } from "./document-error.ts";
import { placeOf } from "./place.ts";

const SPACE = "[ \\t\\n]";
const ENCODING = pair("encoding", "[A-Za-z][-A-Za-z0-9._]*");
const STANDALONE = pair("standalone", "(?:yes|no)");

/**
 * An XML declaration as libxml2 reads it: of any version 1, also without a digit after the point, and without a need
 * for space between the encoding and `standalone`.
 *
 * @see https://www.w3.org/TR/xml/#NT-XMLDecl
 */
const DECLARATION = new RegExp(
  `^<\\?xml${SPACE}+${pair("version", "1\\.[0-9]*")}` +
    `(?:${SPACE}+${ENCODING}(?:${SPACE}*${STANDALONE})?|${SPACE}+${STANDALONE})?${SPACE}*\\?>`,
);

/**
 * Puts white space in place of a document's XML declaration, so that all places stay. A broken one is left for the
 * witness to refuse.
 *
 * @param text As `decodeDocument` returns it.
 * @throws DocumentError `encoding`, where the document says to be in another one than UTF-8.
 */
export function hideDeclaration(text: string): string {
  if (!text.startsWith("<?xml")) return text;
  const [declaration] = DECLARATION.exec(text) ?? [""];
  const [, encoding = "UTF-8"] = /encoding[^"']*["']([^"']*)/.exec(declaration) ?? [];
  if (!/^utf-?8$/i.test(encoding)) {
    const message = `Cannot read the document: it says to be in ${encoding}; save it as UTF-8`;
    const { line, column } = placeOf(text, declaration.indexOf("encoding"));
    throw new DocumentError("encoding", message, line, column);
  }
  return declaration.replace(/[^\n]/g, " ") + text.slice(declaration.length);
}

/** A name with a quoted value, as a regular expression's source. */
function pair(name: string, value: string): string {
  return `${name}${SPACE}*=${SPACE}*(?:"${value}"|'${value}')`;
}
