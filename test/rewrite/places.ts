import { libvirtNamespaces } from "../../src/rewrite/namespaces.ts";
import type { XmlElement } from "../../typings/xml.d.ts";

/** An element that edits can name. */
export interface Placed {
  readonly element: XmlElement;
  readonly at: string;
}

/** What stands before a name in a place, by namespace. */
const PREFIXES = new Map([["", ""], ...[...libvirtNamespaces()].map(([prefix, uri]) => [uri, `${prefix}:`] as const)]);

/** All elements of a tree in document order. */
export function everyElement(element: XmlElement): XmlElement[] {
  return [element, ...element.children.flatMap((child) => (typeof child === "object" ? everyElement(child) : []))];
}

/** Those that have a place: they and all that they stand in are in no namespace, or in one of libvirt's. */
export function everyPlace(element: XmlElement, at = ""): Placed[] {
  const counts = new Map<string, number>();
  const inside = element.children.flatMap((child) => {
    const prefix = typeof child === "object" ? PREFIXES.get(child.namespace) : undefined;
    if (typeof child !== "object" || prefix === undefined) return [];
    const name = `${prefix}${child.name}`;
    const index = (counts.get(name) ?? 0) + 1;
    counts.set(name, index);
    return everyPlace(child, `${at === "" ? "" : `${at}/`}${name}[${index}]`);
  });
  return [{ element, at }, ...inside];
}
