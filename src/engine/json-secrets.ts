import type { FoundSecrets } from "./found-secrets.ts";

/** A string of JSON, or of QEMU's, which takes single quotes as well; one that never ends goes to the text's end. */
const STRING = /"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)/gs;

const ESCAPED = /\\(?:u([0-9a-f]{4})|(.))/gis;

const CONTROLS: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/**
 * Masks the strings in a text of JSON, or in one that has some within, whose key says that they are secrets.
 *
 * @see https://gitlab.com/qemu-project/qemu/-/blob/master/qobject/json-lexer.c
 */
export function maskJson(text: string, isSecret: (key: string) => boolean, found: FoundSecrets): string {
  if (!text.includes("{")) return text;
  let key = "";
  let end = 0;
  return text.replace(STRING, (written, offset: number) => {
    const isValue = /^\s*:\s*$/.test(text.slice(end, offset));
    const string = unescaped(written.slice(1).replace(/["']$/, ""));
    const isHidden = isValue && isSecret(key);
    [key, end] = [string, offset + written.length];
    if (!isHidden) return written;
    return `${written[0]}${found.hide(string, string.replaceAll(",,", ","))}${written[0]}`;
  });
}

function unescaped(written: string): string {
  return written.replace(ESCAPED, (_, hex: string | undefined, character: string) =>
    hex === undefined ? (CONTROLS[character] ?? character) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
