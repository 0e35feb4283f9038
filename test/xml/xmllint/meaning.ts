import type { XmlElement } from "../../../typings/xml.d.ts";

/** What a document means, whatever tree it came from: comparable by `deepEqual`. */
export interface Meaning {
  readonly name: string;
  /** `{namespace}name=value`, in the document's order. */
  readonly attributes: readonly string[];
  readonly children: readonly (Meaning | string)[];
}

/** The meaning of a tree. */
export function meaningOf({ name, namespace, attributes, children }: XmlElement): Meaning {
  return {
    name: `{${namespace}}${name}`,
    attributes: attributes.map((each) => `{${each.namespace}}${each.name}=${each.value}`),
    children: children.map((child) => (typeof child === "string" ? child : meaningOf(child))),
  };
}

/** The same with every element's attributes sorted: canonical form does not keep their order. */
export function sorted({ name, attributes, children }: Meaning): Meaning {
  return {
    name,
    attributes: attributes.toSorted(),
    children: children.map((child) => (typeof child === "string" ? child : sorted(child))),
  };
}

/** How many levels of elements there are. */
export function depthOf({ children }: Meaning): number {
  return 1 + Math.max(0, ...children.map((child) => (typeof child === "string" ? 0 : depthOf(child))));
}
