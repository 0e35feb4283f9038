/**
 * A document as a generic tree: every element, attribute and text, also what the typed model does not know.
 * Comments are left out; character references and CDATA sections are plain text.
 */
export interface XmlElement {
  /** The name without its prefix. */
  readonly name: string;
  /** The namespace's URI, whatever prefix the document used; `""` for none. */
  readonly namespace: string;
  /** The attributes in document order, namespace declarations left out. */
  readonly attributes: readonly XmlAttribute[];
  /** Elements and text in document order; no two texts are neighbours. */
  readonly children: readonly (XmlElement | string)[];
  /** Where the element's start tag begins in the document, 1-based. */
  readonly line: number;
  /** Where the element's start tag begins in its line, in characters, 1-based. */
  readonly column: number;
}

/** An attribute, its value normalised as XML 1.0 section 3.3.3 says. */
export interface XmlAttribute {
  /** The name without its prefix. */
  readonly name: string;
  /** The namespace's URI; `""` for an attribute without prefix. */
  readonly namespace: string;
  readonly value: string;
}
