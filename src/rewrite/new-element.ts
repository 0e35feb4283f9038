import type { XmlElement } from "../../typings/xml.d.ts";
import { shown as shownName } from "../helpers/shown.ts";
import { appendText } from "../xml/append-text.ts";
import { MAX_DEPTH } from "../xml/limits.ts";
import { splitName } from "../xml/names.ts";
import type { NewElement } from "./edit.ts";
import { escapeAttribute, escapeText } from "./escape.ts";
import { libvirtNamespaces, unknownPrefix } from "./namespaces.ts";
import { foreignCharacter, isName } from "./words.ts";

/** Says of a text that it cannot be written; undefined where it can. */
export function textFault(text: string): string | undefined {
  const character = foreignCharacter(text);
  return character === undefined ? undefined : `the text holds ${character}, which XML cannot hold`;
}

/** Says of an attribute that it cannot be written; undefined where it can. */
export function attributeFault(name: string, value: string): string | undefined {
  return isName(name) ? textFault(value) : `${shownName(name)} is no name that an attribute can be given`;
}

/**
 * Says what keeps an element from being written; undefined where nothing does.
 *
 * @param depth How deep it would stand; the root element is 1.
 */
export function elementFault({ name, attributes = {}, children = [] }: NewElement, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return `elements would nest deeper than ${MAX_DEPTH}`;
  const { prefix, local } = splitName(name);
  // a name that begins with a colon has no prefix either
  if (!isName(prefix === "" ? name : local)) return `${shownName(name)} is no name that an element can be given`;
  if (prefix !== "" && !libvirtNamespaces().has(prefix)) return unknownPrefix(prefix);
  for (const [attribute, value] of Object.entries(attributes)) {
    const fault = attributeFault(attribute, value);
    if (fault !== undefined) return fault;
  }
  for (const child of children) {
    const fault = typeof child === "string" ? textFault(child) : elementFault(child, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/**
 * An element as text, with the declarations of the namespaces that are not in scope where it will stand.
 *
 * @param inScope The URIs that prefixes are bound to there, `""` being the default namespace's.
 */
export function writeElement(element: NewElement, inScope: ReadonlyMap<string, string>): string {
  const namespaces = libvirtNamespaces();
  const prefixes = new Set<string>();
  const noteNames = ({ name, children = [] }: NewElement): void => {
    prefixes.add(splitName(name).prefix);
    for (const child of children) if (typeof child === "object") noteNames(child);
  };
  noteNames(element);
  const declarations = [...prefixes].toSorted().flatMap((prefix) => {
    const uri = prefix === "" ? "" : (namespaces.get(prefix) ?? "");
    if ((inScope.get(prefix) ?? "") === uri) return [];
    return [` xmlns${prefix === "" ? "" : `:${prefix}`}='${escapeAttribute(uri)}'`];
  });
  return write(element, declarations.join(""));
}

function write({ name, attributes = {}, children = [] }: NewElement, declarations = ""): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}='${escapeAttribute(value)}'`);
  const content = children.map((child) => (typeof child === "string" ? escapeText(child) : write(child))).join("");
  const tag = `${name}${declarations}${pairs.join("")}`;
  return content === "" ? `<${tag}/>` : `<${tag}>${content}</${name}>`;
}

/** What a reader makes of an element once it is written; it has no place. */
export function readElement({ name, attributes = {}, children = [] }: NewElement): XmlElement {
  const { prefix, local } = splitName(name);
  const nodes: (XmlElement | string)[] = [];
  for (const child of children) {
    if (typeof child === "string") appendText(nodes, child);
    else nodes.push(readElement(child));
  }
  return {
    name: local,
    namespace: libvirtNamespaces().get(prefix) ?? "",
    attributes: Object.entries(attributes).map(([key, value]) => ({ name: key, namespace: "", value })),
    children: nodes,
    line: 0,
    column: 0,
  };
}
