/**
 * The edits that a policy can make to a document that arrives. Places are XPaths from the document's root element, as
 * in `deny`: `devices/disk[2]/source/@file`. They are those of the document as it came, whatever was edited before.
 */
export interface Edits {
  /** Gives an element an attribute, or another value to one that it has: `devices/disk[1]/source/@file`. */
  setAttribute(at: string, value: string | number): void;
  /** Takes away an attribute that is there. */
  removeAttribute(at: string): void;
  /** Gives an element without child elements another text: `title`. */
  setText(at: string, text: string | number): void;
  /** Takes away an element with all that it holds. */
  removeElement(at: string): void;
  /** Adds an element as the last child of the one at a place; `""` is the root element. */
  addElement(at: string, element: NewElement): void;
}

/** An element to be added. */
export interface NewElement {
  /** As libvirt writes it; a prefix of libvirt's own namespaces is declared where it is needed: `qemu:arg`. */
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Elements and text in their order. */
  readonly children?: readonly (NewElement | string)[];
}
