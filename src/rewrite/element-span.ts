import type { AttributeSpan, Span } from "./scan-tag.ts";

/** Where an element is, with its tags. */
export interface ElementSpan extends Span {
  /** As it is written. */
  readonly name: string;
  /** Those of the tree: without the declarations of namespaces. */
  readonly attributes: readonly AttributeSpan[];
  /** Where the last attribute or declaration ends, or the name where there is none. */
  readonly attributesEnd: number;
  /** Between the tags; undefined for an element that closes itself. */
  readonly content: Span | undefined;
  /** The URIs that prefixes are bound to inside the element, of those asked for. */
  readonly inScope: ReadonlyMap<string, string>;
}
