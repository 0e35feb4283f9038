import type { XmlElement } from "../../typings/xml.d.ts";
import { hideDeclaration } from "./declaration.ts";
import { decodeDocument } from "./decode.ts";
import { DocumentError } from "./document-error.ts";
import { assertReferenceDigits } from "./reference-digits.ts";
import { assertReadAlike } from "./second-reading.ts";
import { witness } from "./witness.ts";
import type { Witnessed } from "./witnessed.ts";

/** A tree that one reader found in a document. */
export interface FirstReading {
  readonly root: XmlElement;
  /**
   * Has the other reader read the document, the first time: until then the tree is not to be relied on.
   *
   * @throws DocumentError `readers-disagree`.
   */
  readonly confirm: () => void;
}

/**
 * Reads a document into a tree: UTF-8, at most 4 MiB, elements nested to 512. Two readers have to find the same tree
 * in it, so that it cannot mean one thing to a policy and another to libvirt.
 *
 * @throws DocumentError with the place (for what the whole document is about: line 1, column 1) where it is empty, too
 *   large, not UTF-8, not well-formed, too deep, has a DOCTYPE or a processing instruction, or the readers disagree.
 * @see https://www.w3.org/TR/xml/ and https://www.w3.org/TR/xml-names/
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  const { root, confirm } = readOnce(bytes);
  confirm();
  return root;
}

/**
 * The first half of {@link parseXml}, for whoever can do something else before the second.
 *
 * @throws DocumentError as `parseXml` does, unless the readers disagree.
 */
export function readOnce(bytes: Uint8Array): FirstReading {
  const text = hideDeclaration(decodeDocument(bytes));
  // The witness goes first: fast-xml-parser takes malformed text, and long over some of it.
  const witnessed = witness(text);
  assertReferenceDigits(text);
  let isConfirmed = false;
  const confirm = (): void => {
    if (!isConfirmed) readAgain(text, witnessed);
    isConfirmed = true;
  };
  return { root: witnessed.root, confirm };
}

function readAgain(text: string, witnessed: Witnessed): void {
  try {
    assertReadAlike(text, witnessed);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    // fast-xml-parser may quote what stands around, be it a password
    const reason = (error instanceof Error ? error.message : String(error)).replace(/ Context: .*$/s, "");
    throw new DocumentError(
      "readers-disagree",
      `Cannot trust the document: only one of two XML readers can read it: ${reason}`,
      1,
      1,
    );
  }
}
