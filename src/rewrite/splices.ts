import type { XmlElement } from "../../typings/xml.d.ts";
import type { ElementPlan } from "./element-plan.ts";
import type { ElementSpan } from "./element-span.ts";
import { escapeAttribute, escapeText } from "./escape.ts";
import { writeElement } from "./new-element.ts";
import type { Span } from "./scan-tag.ts";

/** A part of a text, and what is to stand in its place. */
export interface Splice extends Span {
  readonly text: string;
}

/** What has to change in the text for an element to become what is planned; nothing where it is that already. */
export function splicesOf(element: XmlElement, plan: ElementPlan, span: ElementSpan): readonly Splice[] {
  if (plan.removedBy !== undefined) return [{ start: span.start, end: span.end, text: "" }];
  return [...attributeSplices(element, plan, span), ...contentSplices(element, plan, span)];
}

function attributeSplices(element: XmlElement, plan: ElementPlan, span: ElementSpan): readonly Splice[] {
  if (plan.attributes.size === 0) return [];
  const splices: Splice[] = [];
  const missing = new Map(plan.attributes);
  for (const [index, { name, namespace, value }] of element.attributes.entries()) {
    if (namespace !== "" || !missing.has(name)) continue;
    const chosen = missing.get(name);
    missing.delete(name);
    const place = span.attributes[index];
    if (place === undefined || chosen === value) continue;
    if (chosen === undefined) splices.push({ start: place.start, end: place.end, text: "" });
    else splices.push({ ...place.value, text: escapeAttribute(chosen) });
  }
  const added = [...missing].map(([name, value]) => ` ${name}='${escapeAttribute(value ?? "")}'`).join("");
  if (added !== "") splices.push({ start: span.attributesEnd, end: span.attributesEnd, text: added });
  return splices;
}

function contentSplices(element: XmlElement, plan: ElementPlan, span: ElementSpan): readonly Splice[] {
  const { text, added } = plan;
  const [before = ""] = element.children;
  const isChanged = added.length > 0 || (text !== undefined && text !== before);
  if (!isChanged) return [];
  const content =
    text === undefined ? added.map((each) => writeElement(each, span.inScope)).join("") : escapeText(text);
  const { content: place, name, end } = span;
  if (place === undefined) return [{ start: end - 2, end, text: `>${content}</${name}>` }];
  return [{ start: text === undefined ? place.end : place.start, end: place.end, text: content }];
}

/**
 * Puts new parts into a text.
 *
 * @throws {Error} where two of them overlap.
 */
export function splice(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let done = 0;
  // what is put in at a place stands before what replaces from there on
  for (const { start, end, text: part } of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < done) throw new Error(`Cannot change a document's text twice at character ${start}`);
    parts.push(text.slice(done, start), part);
    done = end;
  }
  parts.push(text.slice(done));
  return parts.join("");
}
