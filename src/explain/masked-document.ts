import type { XmlElement } from "../../typings/xml.d.ts";
import { maskSecrets } from "../engine/secrets.ts";
import { escapeAttribute } from "../rewrite/escape.ts";
import { scan } from "../rewrite/scan.ts";
import { type Splice, splice } from "../rewrite/splices.ts";
import { decodeDocument } from "../xml/decode.ts";
import { parseXml } from "../xml/parse.ts";
import { changedElements } from "./changed-elements.ts";

/** A document in whose text and tree a mask stands for every secret. */
export interface MaskedDocument {
  /** Its places are those in `lines`. */
  readonly root: XmlElement;
  readonly lines: readonly string[];
}

/** libvirt's passwords where no reader finds them: in comments, and in CDATA sections. */
const WRITTEN = /(\bpasswd\s*=\s*)(?:"[^"\n]*"|'[^'\n]*')/g;

/**
 * Reads a document, and puts a mask in place of its secrets as it is written, line by line as it was.
 *
 * @returns undefined where it cannot be read, or a secret cannot be found in its text.
 */
export function readMasked(bytes: Uint8Array): MaskedDocument | undefined {
  try {
    const root = parseXml(bytes);
    const text = decodeDocument(bytes);
    const masked = maskSecrets(root).xml;
    const plain = (masked === root ? text : splice(text, masks(text, root, masked))).replace(WRITTEN, "$1'********'");
    if (plain === text) return { root, lines: text.split("\n") };
    // where things are has changed, and whether anything is left is looked at
    const again = parseXml(Buffer.from(plain));
    return maskSecrets(again).xml === again ? { root: again, lines: plain.split("\n") } : undefined;
  } catch {
    return undefined;
  }
}

function masks(text: string, root: XmlElement, masked: XmlElement): readonly Splice[] {
  const changed = changedElements(root, masked);
  const spans = scan(text, root, changed, []);
  return [...changed].flatMap(([element, after]) => {
    const span = spans.get(element);
    if (span === undefined) throw new Error("Cannot mask a secret: its element is not in the text");
    const attributes = span.attributes.flatMap(({ value, end }, index) => {
      const hidden = after.attributes[index]?.value;
      if (hidden === undefined || hidden === element.attributes[index]?.value) return [];
      const lineEnds = lineEndsOf(text.slice(value.start, value.end));
      return [
        { ...value, text: escapeAttribute(hidden) },
        { start: end, end, text: lineEnds },
      ];
    });
    const first = after.children[0];
    if (typeof first !== "string" || first === element.children[0] || span.content === undefined) return attributes;
    const lineEnds = lineEndsOf(text.slice(span.content.start, span.content.end));
    return [...attributes, { ...span.content, text: first }, { start: span.end, end: span.end, text: lineEnds }];
  });
}

/** As many as a text has, so that those below keep their numbers. */
function lineEndsOf(text: string): string {
  return text.replace(/[^\n]/g, "");
}
