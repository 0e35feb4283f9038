import type { Edit, NewElement } from "../../src/rewrite/edit.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { everyPlace } from "./places.ts";

/** An element by what it means, wherever it stands. */
export interface Meaning {
  readonly name: string;
  readonly namespace: string;
  attributes: readonly { readonly name: string; readonly namespace: string; readonly value: string }[];
  children: readonly (Meaning | string)[];
}

/** What a tree means after edits that do not contradict each other, and add nothing but elements without prefix. */
export function meaningOf(root: XmlElement, edits: readonly Edit[] = []): Meaning {
  const known = new Map<XmlElement, Meaning>();
  const whole = copy(root, known);
  const places = new Map(everyPlace(root).map(({ at, element }) => [at, known.get(element) as Meaning]));
  const removed = new Set<Meaning>();
  for (const edit of edits) {
    const [, at = "", name = ""] = /^(?:(.*?)\/?@([^/@]*)|.*)$/s.exec(edit.at) ?? [];
    const element = places.get(edit.at.includes("@") ? at : edit.at) as Meaning;
    if (edit.edit === "set-text") element.children = [edit.value];
    else if (edit.edit === "remove-element") removed.add(element);
    else if (edit.edit === "add-element") element.children = [...element.children, added(edit.element)];
    else setAttribute(element, name, edit.edit === "set-attribute" ? edit.value : undefined);
  }
  return joined(whole, removed);
}

function setAttribute(element: Meaning, name: string, value: string | undefined): void {
  const attribute = { name, namespace: "" };
  const index = element.attributes.findIndex((each) => each.name === name && each.namespace === "");
  const others = element.attributes.filter((_, each) => each !== index);
  if (value === undefined) element.attributes = others;
  else if (index < 0) element.attributes = [...others, { ...attribute, value }];
  else element.attributes = element.attributes.with(index, { ...attribute, value });
}

function copy(element: XmlElement, known: Map<XmlElement, Meaning>): Meaning {
  const { name, namespace, attributes, children } = element;
  const meaning = {
    name,
    namespace,
    attributes,
    children: children.map((child) => (typeof child === "string" ? child : copy(child, known))),
  };
  known.set(element, meaning);
  return meaning;
}

function added({ name, attributes = {}, children = [] }: NewElement): Meaning {
  return {
    name,
    namespace: "",
    attributes: Object.entries(attributes).map(([key, value]) => ({ name: key, namespace: "", value })),
    children: children.map((child) => (typeof child === "string" ? child : added(child))),
  };
}

/** Without what is removed, and with neighbouring texts made one. */
function joined(element: Meaning, removed: ReadonlySet<Meaning>): Meaning {
  const children: (Meaning | string)[] = [];
  for (const child of element.children) {
    const last = children.at(-1);
    if (typeof child === "object") children.push(...(removed.has(child) ? [] : [joined(child, removed)]));
    else if (typeof last === "string") children[children.length - 1] = last + child;
    else if (child !== "") children.push(child);
  }
  return { ...element, children };
}
