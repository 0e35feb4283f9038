import type { XmlAttribute, XmlElement } from "../../typings/xml.d.ts";
import type { Reading } from "./read-element.ts";
import type { Shape } from "./shapes.ts";

/** Notes an attribute that the element's shape does not know. */
export function noteUnknownAttribute(
  attribute: XmlAttribute,
  element: XmlElement,
  whole: Shape,
  { unknown }: Reading,
): void {
  unknown.addAttribute(attribute, element, attribute.namespace !== "" && whole.attributes.has(attribute.name));
}

/** Notes a child element that the element's shape does not know. */
export function noteUnknownChild(child: XmlElement, element: XmlElement, whole: Shape, { unknown }: Reading): void {
  unknown.addChild(child, element, child.namespace !== "" && whole.elements.has(child.name));
}

/** Notes what an element holds beside its text, which is all that it may hold. */
export function noteBareParts(element: XmlElement, { unknown }: Reading): void {
  for (const attribute of element.attributes) unknown.addAttribute(attribute, element);
  for (const child of element.children) if (typeof child !== "string") unknown.addChild(child, element);
}
