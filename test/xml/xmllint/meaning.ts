import type { XmlElement } from "../../../typings/xml.d.ts";

/** What a document means, whatever tree it came from: comparable by `deepEqual`. */
export interface Meaning {
  readonly name: string;
  /** Sorted. */
  readonly attributes: readonly string[];
  readonly children: readonly (Meaning | string)[];
}

/** The meaning of a tree. */
export function meaningOf({ name, namespace, attributes, children }: XmlElement): Meaning {
  return {
    name: `{${namespace}}${name}`,
    attributes: attributes.map((each) => `{${each.namespace}}${each.name}=${each.value}`).sort(),
    children: children.map((child) => (typeof child === "string" ? child : meaningOf(child))),
  };
}
