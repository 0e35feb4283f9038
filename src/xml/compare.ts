import type { XmlElement } from "../../typings/xml.d.ts";
import { DocumentError } from "./document-error.ts";

/**
 * Asserts that two readers found the same tree in a document: names, namespaces, attributes in their order, text, places.
 *
 * @throws DocumentError `readers-disagree`, at the first element in which they differ.
 */
export function assertSameTree(tree: XmlElement, witnessed: XmlElement): void {
  const difference = firstDifference(tree, witnessed, true);
  if (difference === undefined) return;
  const { name, line, column } = difference;
  const message = `Cannot trust the document: two XML readers see the element ${name} differently; write it more plainly`;
  throw new DocumentError("readers-disagree", message, line, column);
}

/**
 * The first element, in document order of `a`, at which two trees differ.
 *
 * @param inPlaces Whether elements at different places differ.
 */
export function firstDifference(a: XmlElement, b: XmlElement, inPlaces: boolean): XmlElement | undefined {
  if (!sameTag(a, b) || a.children.length !== b.children.length) return a;
  if (inPlaces && (a.line !== b.line || a.column !== b.column)) return a;
  for (const [index, child] of a.children.entries()) {
    const other = b.children[index];
    if (typeof child === "string" || typeof other !== "object") {
      if (child !== other) return a;
    } else {
      const difference = firstDifference(child, other, inPlaces);
      if (difference !== undefined) return difference;
    }
  }
  return undefined;
}

function sameTag(a: XmlElement, b: XmlElement): boolean {
  return (
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.attributes.length === b.attributes.length &&
    a.attributes.every((attribute, index) => {
      const other = b.attributes[index];
      return (
        attribute.name === other?.name && attribute.namespace === other.namespace && attribute.value === other.value
      );
    })
  );
}
