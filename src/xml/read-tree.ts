import type { XmlAttribute, XmlElement } from "../../typings/xml.d.ts";
import { appendText } from "./append-text.ts";
import {
  ATTRIBUTE_MARK,
  CDATA,
  ELEMENT_MARK,
  type RawNode,
  rawAttributes,
  readRaw,
  startIndex,
  TEXT,
} from "./fast-xml-parser.ts";
import { hideNameSpaces, showNameSpaces } from "./name-spaces.ts";
import { declaresNamespace, type QualifiedName, splitName } from "./names.ts";
import { PlaceFinder } from "./place.ts";
import { PrefixStacks } from "./prefix-stacks.ts";
import { attributeValue, decodeReferences } from "./references.ts";

/**
 * Reads a document with fast-xml-parser, which judges nothing: what it makes of a document is worth something only
 * where the witness has found it well-formed and its tree equal.
 *
 * @param text As `hideDeclaration` returns it, and as the witness accepted it.
 * @throws Error where fast-xml-parser cannot read it.
 */
export function readTree(text: string): XmlElement {
  const hidden = hideNameSpaces(text);
  const nodes = readRaw(hidden);
  const [root] = nodes;
  if (root === undefined || nodes.length !== 1) throw new Error(`found ${nodes.length} nodes outside any element`);
  return new TreeReader(text, hidden !== text).element(root);
}

/** An attribute whose prefix is not resolved yet. */
interface WrittenAttribute extends QualifiedName {
  readonly value: string;
}

class TreeReader {
  readonly #places: PlaceFinder;
  readonly #prefixes = new PrefixStacks();
  readonly #show: (text: string) => string;

  constructor(text: string, isHidden: boolean) {
    this.#places = new PlaceFinder(text);
    this.#show = isHidden ? showNameSpaces : (shown) => shown;
  }

  element(node: RawNode): XmlElement {
    const place = this.#places.find(startIndex(node));
    const [key = ""] = Object.keys(node);
    const tag = splitName(this.#show(key.slice(ELEMENT_MARK.length)));
    const own: WrittenAttribute[] = [];
    const declared: string[] = [];
    for (const [name, raw] of rawAttributes(node)) {
      const attribute = {
        ...splitName(this.#show(name.slice(ATTRIBUTE_MARK.length))),
        value: this.#show(attributeValue(raw)),
      };
      if (declaresNamespace(attribute)) declared.push(this.#declare(attribute));
      else own.push(attribute);
    }
    const namespace = this.#resolve(tag.prefix);
    const attributes = own.map((each) => this.#attribute(each));
    const children = this.#children(node[key] as readonly RawNode[]);
    for (const prefix of declared) this.#prefixes.unbind(prefix);
    return { name: tag.local, namespace, attributes, children, line: place.line, column: place.column };
  }

  /** Binds the prefix that an `xmlns` attribute declares, and returns it. */
  #declare({ prefix, local, value }: WrittenAttribute): string {
    const declared = prefix === "" ? "" : local;
    this.#prefixes.bind(declared, value);
    return declared;
  }

  #attribute({ prefix, local, value }: WrittenAttribute): XmlAttribute {
    // The default namespace is not for attributes.
    return { name: local, namespace: prefix === "" ? "" : this.#resolve(prefix), value };
  }

  #children(nodes: readonly RawNode[]): (XmlElement | string)[] {
    const children: (XmlElement | string)[] = [];
    for (const node of nodes) {
      if (typeof node[TEXT] === "string") appendText(children, this.#show(decodeReferences(node[TEXT])));
      else if (node[CDATA] !== undefined) appendText(children, this.#show(cdataText(node)));
      else children.push(this.element(node));
    }
    return children;
  }

  #resolve(prefix: string): string {
    const uri = this.#prefixes.resolve(prefix);
    if (uri === undefined) throw new Error(`the prefix ${prefix} is not bound`);
    return uri;
  }
}

function cdataText(node: RawNode): string {
  const [content] = node[CDATA] as readonly Readonly<Record<string, string>>[];
  return content?.[TEXT] ?? "";
}
