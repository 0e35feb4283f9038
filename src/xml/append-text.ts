import type { XmlElement } from "../../typings/xml.d.ts";

/** Adds text to an element's children, joined with text right before it; no text adds nothing. */
export function appendText(children: (XmlElement | string)[], text: string): void {
  if (text === "") return;
  const last = children.at(-1);
  if (typeof last === "string") children[children.length - 1] = last + text;
  else children.push(text);
}
