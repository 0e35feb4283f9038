import type { XmlElement } from "../../typings/xml.d.ts";

/**
 * An element's text, with that of elements inside it, as libvirt reads it (XPath's `string()`, libxml2's
 * `xmlNodeGetContent`): an element that does not belong there may not hide text from a policy.
 *
 * @see https://www.w3.org/TR/1999/REC-xpath-19991116/#element-nodes
 */
export function elementText({ children }: XmlElement): string {
  let text = "";
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index] as XmlElement | string;
    text += typeof child === "string" ? child : elementText(child);
  }
  return text;
}

/** Whether an element has no text of its own but white space. */
export function isBlank({ children }: XmlElement): boolean {
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index];
    if (typeof child === "string" && /[^ \t\r\n]/.test(child)) return false;
  }
  return true;
}
