import type { XmlElement } from "../../typings/xml.d.ts";

/**
 * An element's text, with that of elements inside it, as libvirt reads it (XPath's `string()`, libxml2's
 * `xmlNodeGetContent`): an element that does not belong there may not hide text from a policy.
 *
 * @see https://www.w3.org/TR/1999/REC-xpath-19991116/#element-nodes
 */
export function elementText(element: XmlElement): string {
  return element.children.map((child) => (typeof child === "string" ? child : elementText(child))).join("");
}

/** Whether an element has no text of its own but white space. */
export function isBlank(element: XmlElement): boolean {
  return element.children.every((child) => typeof child !== "string" || /^[ \t\r\n]*$/.test(child));
}
