import type { XmlElement } from "../../typings/xml.d.ts";

/**
 * Elements that are not what they were, by themselves and not by their children alone.
 *
 * @param after The same tree with other attributes' values, or with another text before an element's children.
 * @returns What each became.
 */
export function changedElements(before: XmlElement, after: XmlElement): ReadonlyMap<XmlElement, XmlElement> {
  const changed = new Map<XmlElement, XmlElement>();
  collect(before, after, changed);
  return changed;
}

function collect(before: XmlElement, after: XmlElement, changed: Map<XmlElement, XmlElement>): void {
  if (before === after) return;
  const hasOtherText = typeof after.children[0] === "string" && after.children[0] !== before.children[0];
  if (hasOtherText || before.attributes !== after.attributes) changed.set(before, after);
  // all of an element is hidden whose text is
  if (hasOtherText) return;
  for (const [index, child] of before.children.entries()) {
    const other = after.children[index];
    if (typeof child === "object" && typeof other === "object") collect(child, other, changed);
  }
}
