import type { XmlElement } from "../../typings/xml.d.ts";

/** The first element, in document order of `a`, at which two trees differ; they may do so in places. */
export function firstDifference(a: XmlElement, b: XmlElement): XmlElement | undefined {
  if (!sameTag(a, b) || a.children.length !== b.children.length) return a;
  for (const [index, child] of a.children.entries()) {
    const other = b.children[index];
    if (typeof child === "string" || typeof other !== "object") {
      if (child !== other) return a;
    } else {
      const difference = firstDifference(child, other);
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
