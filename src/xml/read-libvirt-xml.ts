import type { XmlAttribute, XmlElement } from "../../typings/xml.d.ts";
import { appendText } from "./append-text.ts";
import { MAX_DEPTH } from "./limits.ts";
import { declaresNamespace, type QualifiedName, splitName } from "./names.ts";
import { PrefixStacks } from "./prefix-stacks.ts";
import { attributeValue, decodeReferences } from "./references.ts";

type Children = (XmlElement | string)[];

/** All names of libvirt's own, and most others. */
const NAME = /^[A-Za-z_][\w.:-]*$/;

/** An element whose end tag has not come yet. */
interface OpenElement {
  readonly written: string;
  readonly children: Children;
  /** The prefixes that it declares. */
  readonly declared: readonly string[];
}

/**
 * Reads a document that libvirt itself wrote, several times faster than the readers of other people's documents: it
 * knows the one way in which libvirt and libxml2 write elements, attributes and text, and does not judge characters.
 *
 * @param text A root element alone, with `\n` at the ends of lines.
 * @returns The tree, whose lines and columns are all 0; `undefined` where something is written in another way, as a
 *   comment or CDATA section in metadata is.
 */
export function readLibvirtXml(text: string): XmlElement | undefined {
  try {
    return new LibvirtXml().read(text);
  } catch {
    return undefined;
  }
}

class LibvirtXml {
  readonly #prefixes = new PrefixStacks();
  readonly #open: OpenElement[] = [];
  readonly #top: Children = [];
  #children = this.#top;
  /** Each name is looked at once. */
  readonly #names = new Map<string, QualifiedName>();

  read(text: string): XmlElement {
    // splitting is the engine's own work; a loop over characters would be this code's, which no JIT makes faster
    const [before, ...pieces] = text.split("<");
    for (const piece of pieces) {
      const end = piece.indexOf(">");
      if (end < 0) throw new Error("a tag does not end");
      if (piece.startsWith("/")) this.#endTag(piece.slice(1, end));
      else this.#startTag(piece.slice(0, end));
      if (end + 1 < piece.length) appendText(this.#children, decodeReferences(piece.slice(end + 1)));
    }
    const [root, ...others] = this.#top;
    const isWhole = typeof root === "object" && this.#open.length === 0;
    if (!isWhole || `${before}${others.join("")}`.trim() !== "") throw new Error("it is not one element");
    return root;
  }

  #startTag(tag: string): void {
    if (this.#open.length >= MAX_DEPTH) throw new Error("elements nest too deep");
    const isEmpty = tag.endsWith("/");
    const end = isEmpty ? tag.length - 1 : tag.length;
    const space = tag.indexOf(" ");
    const written = tag.slice(0, space < 0 ? end : space);
    const { prefix, local } = this.#name(written);
    const declared: string[] = [];
    const attributes = space < 0 ? [] : this.#attributes(tag, space, end, declared);
    const children: Children = [];
    this.#children.push({ name: local, namespace: this.#resolve(prefix), attributes, children, line: 0, column: 0 });
    this.#open.push({ written, children, declared });
    this.#children = children;
    if (isEmpty) this.#endTag(written);
  }

  #endTag(written: string): void {
    const element = this.#open.pop();
    if (element?.written !== written) throw new Error("an end tag is not that of its element");
    for (const prefix of element.declared) this.#prefixes.unbind(prefix);
    this.#children = this.#open.at(-1)?.children ?? this.#top;
  }

  /** Each has one space before it, and none around its `=`. */
  #attributes(tag: string, start: number, end: number, declared: string[]): readonly XmlAttribute[] {
    const own: (QualifiedName & { readonly value: string })[] = [];
    for (let at = start; at < end; ) {
      const equals = tag.indexOf("=", at);
      const quote = tag[equals + 1];
      const close = quote === "'" || quote === '"' ? tag.indexOf(quote, equals + 2) : -1;
      if (tag[at] !== " " || close < 0) throw new Error("no attribute");
      const name = this.#name(tag.slice(at + 1, equals));
      const value = attributeValue(tag.slice(equals + 2, close));
      if (declaresNamespace(name)) declared.push(this.#declare(name, value));
      else own.push({ ...name, value });
      at = close + 1;
    }
    return own.map(({ prefix, local, value }) => {
      // the default namespace is not for attributes
      return { name: local, namespace: prefix === "" ? "" : this.#resolve(prefix), value };
    });
  }

  #name(written: string): QualifiedName {
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    if (!NAME.test(written)) throw new Error("no name");
    const name = splitName(written);
    this.#names.set(written, name);
    return name;
  }

  #declare({ prefix, local }: QualifiedName, value: string): string {
    const declared = prefix === "" ? "" : local;
    this.#prefixes.bind(declared, value);
    return declared;
  }

  #resolve(prefix: string): string {
    const uri = this.#prefixes.resolve(prefix);
    if (uri === undefined) throw new Error("a prefix is not bound");
    return uri;
  }
}
