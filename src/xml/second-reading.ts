import type { XmlElement } from "../../typings/xml.d.ts";
import { appendText } from "./append-text.ts";
import { DocumentError } from "./document-error.ts";
import {
  ATTRIBUTE_MARK,
  CDATA,
  ELEMENT_MARK,
  elementKey,
  type RawNode,
  rawAttributes,
  readRaw,
  startIndex,
  TEXT,
} from "./fast-xml-parser.ts";
import { hideNameSpaces, showNameSpaces } from "./name-spaces.ts";
import { splitName } from "./names.ts";
import { placeOf } from "./place.ts";
import { attributeValue, decodeReferences } from "./references.ts";
import type { Witnessed, WitnessedAttribute } from "./witnessed.ts";

/**
 * Asserts that fast-xml-parser finds in a document what the witness found: elements, their names and attributes as they
 * are written, `xmlns` among them, in their order; what text and values mean; and where tags begin. fast-xml-parser
 * judges nothing: its reading is worth something only beside the witness's.
 *
 * @param text As `hideDeclaration` returns it, and as the witness accepted it.
 * @throws DocumentError `readers-disagree`, at the first element in which they differ.
 * @throws Error where fast-xml-parser cannot read it.
 */
export function assertReadAlike(text: string, witnessed: Witnessed): void {
  const hidden = hideNameSpaces(text);
  const nodes = readRaw(hidden);
  const [root] = nodes;
  if (root === undefined || nodes.length !== 1) throw new Error(`found ${nodes.length} nodes outside any element`);
  new SecondReading(text, hidden !== text, witnessed).compare(root, witnessed.root);
}

class SecondReading {
  readonly #text: string;
  readonly #isHidden: boolean;
  readonly #hasReferences: boolean;
  readonly #tags: Witnessed["tags"];
  /** How many elements have been compared. */
  #compared = 0;

  constructor(text: string, isHidden: boolean, { tags }: Witnessed) {
    this.#text = text;
    this.#isHidden = isHidden;
    this.#hasReferences = text.includes("&");
    this.#tags = tags;
  }

  // plain loops, here and below: this runs once where no JIT compiles it

  compare(node: RawNode, element: XmlElement): void {
    const key = elementKey(node);
    const tag = this.#tags[this.#compared];
    this.#compared += 1;
    const found = this.#children(node[key] as readonly RawNode[]);
    const { children } = element;
    const isSame =
      tag !== undefined &&
      this.#show(key.slice(ELEMENT_MARK.length)) === tag.name &&
      found.length === children.length &&
      startIndex(node) === tag.offset &&
      this.#sameAttributes(node, tag.attributes);
    if (!isSame) throw this.#disagreement(node);
    for (let index = 0; index < found.length; index += 1) {
      const own = found[index];
      const other = children[index];
      if (typeof own === "string" || typeof other !== "object") {
        if (own !== other) throw this.#disagreement(node);
      } else {
        this.compare(own as RawNode, other);
      }
    }
  }

  /** What an element holds, texts that only comments or the bounds of CDATA part as one. */
  #children(nodes: readonly RawNode[]): readonly (RawNode | string)[] {
    if (nodes.length === 0) return nodes;
    const children: (RawNode | string)[] = [];
    for (let index = 0; index < nodes.length; index += 1) {
      const node = nodes[index] as RawNode;
      const text = node[TEXT];
      if (typeof text === "string") appendText(children, this.#show(decodeReferences(text)));
      else if (node[CDATA] !== undefined) appendText(children, this.#show(cdataText(node)));
      else children.push(node);
    }
    return children;
  }

  #sameAttributes(node: RawNode, attributes: readonly WitnessedAttribute[]): boolean {
    const values = rawAttributes(node);
    const names = Object.keys(values);
    if (names.length !== attributes.length) return false;
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as string;
      const other = attributes[index] as WitnessedAttribute;
      if (this.#show(name.slice(ATTRIBUTE_MARK.length)) !== other.name) return false;
      const raw = values[name] as string;
      // without references, what is written alike means the same
      if (raw === other.value && !this.#hasReferences) continue;
      if (this.#show(attributeValue(raw)) !== other.value) return false;
    }
    return true;
  }

  #show(text: string): string {
    return this.#isHidden ? showNameSpaces(text) : text;
  }

  #disagreement(node: RawNode): DocumentError {
    const name = splitName(this.#show(elementKey(node).slice(ELEMENT_MARK.length))).local;
    const { line, column } = placeOf(this.#text, startIndex(node));
    const message = `Cannot trust the document: two XML readers see the element ${name} differently; write it more plainly`;
    return new DocumentError("readers-disagree", message, line, column);
  }
}

function cdataText(node: RawNode): string {
  const [content] = node[CDATA] as readonly Readonly<Record<string, string>>[];
  return content?.[TEXT] ?? "";
}
