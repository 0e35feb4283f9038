import type { XmlElement } from "../../typings/xml.d.ts";
import { declaresNamespace, splitName } from "../xml/names.ts";
import { PrefixStacks } from "../xml/prefix-stacks.ts";
import { attributeValue } from "../xml/references.ts";
import type { ElementSpan } from "./element-span.ts";
import { type AttributeSpan, disagree, find, type Span, scanTag } from "./scan-tag.ts";
import { TreeWalk } from "./tree-walk.ts";

/** Elements to be found: a set, or a map's keys. */
type Wanted = Pick<ReadonlySet<XmlElement>, "has" | "size">;

/** An element whose end has not come yet. */
interface Open {
  readonly element: XmlElement;
  readonly span: Omit<ElementSpan, "end" | "content">;
  readonly contentStart: number;
  /** The prefixes that it binds. */
  readonly declared: readonly string[];
}

/**
 * Finds elements of a tree in the text that it was read from.
 *
 * @param text The whole document, as it is: only a text that both readers accepted.
 * @param wanted Elements of the tree; what comes after the last of them is not looked at.
 * @param prefixes Those to be resolved inside the elements.
 * @throws {Error} where tree and text do not belong together.
 */
export function scan(
  text: string,
  root: XmlElement,
  wanted: Wanted,
  prefixes: readonly string[],
): ReadonlyMap<XmlElement, ElementSpan> {
  return new Scanner(text, root, wanted, prefixes).scan();
}

class Scanner {
  readonly #text: string;
  readonly #walk: TreeWalk;
  readonly #wanted: Wanted;
  readonly #asked: readonly string[];
  readonly #prefixes = new PrefixStacks();
  readonly #open: Open[] = [];
  readonly #found = new Map<XmlElement, ElementSpan>();

  constructor(text: string, root: XmlElement, wanted: Wanted, asked: readonly string[]) {
    this.#text = text;
    this.#walk = new TreeWalk(root);
    this.#wanted = wanted;
    this.#asked = asked;
  }

  scan(): ReadonlyMap<XmlElement, ElementSpan> {
    let at = 0;
    while (this.#found.size < this.#wanted.size) {
      at = find(this.#text, "<", at);
      const next = this.#text[at + 1];
      if (next === "/") at = this.#endTag(at);
      else if (next === "?") at = find(this.#text, "?>", at) + 2;
      else if (next !== "!") at = this.#startTag(at);
      else if (this.#text.startsWith("<!--", at)) at = find(this.#text, "-->", at + 4) + 3;
      else at = find(this.#text, "]]>", at) + 3;
    }
    return this.#found;
  }

  #startTag(start: number): number {
    const tag = scanTag(this.#text, start);
    const { name, end } = tag;
    const attributesEnd = tag.attributes.at(-1)?.end ?? start + 1 + name.length;
    const declares = (attribute: AttributeSpan): boolean => declaresNamespace(splitName(attribute.name));
    const declared = tag.attributes.filter(declares).map((attribute) => this.#declare(attribute));
    const attributes = tag.attributes.filter((attribute) => !declares(attribute));
    const element = this.#walk.enter({ ...tag, attributes }, this.#prefixes.resolve(splitName(name).prefix));
    const asked = this.#wanted.has(element) ? this.#asked : [];
    const inScope = new Map(asked.map((prefix) => [prefix, this.#prefixes.resolve(prefix) ?? ""]));
    const span = { start, name, attributes, attributesEnd, inScope };
    const open = { element, span, contentStart: end, declared };
    if (tag.closesItself) this.#close(open, undefined, end);
    else this.#open.push(open);
    return end;
  }

  /** Binds the prefix that an attribute declares, and returns it. */
  #declare({ name, value }: AttributeSpan): string {
    const { prefix, local } = splitName(name);
    const declared = prefix === "" ? "" : local;
    const raw = this.#text.slice(value.start, value.end);
    this.#prefixes.bind(declared, attributeValue(raw.replace(/\r\n?/g, "\n")));
    return declared;
  }

  #endTag(start: number): number {
    const end = find(this.#text, ">", start) + 1;
    const open = this.#open.pop();
    if (open === undefined) return disagree(start, "an end tag has no start tag");
    this.#close(open, { start: open.contentStart, end: start }, end);
    return end;
  }

  #close({ element, span, declared }: Open, content: Span | undefined, end: number): void {
    this.#walk.leave(content?.end ?? end);
    for (const prefix of declared) this.#prefixes.unbind(prefix);
    if (this.#wanted.has(element)) this.#found.set(element, { ...span, content, end });
  }
}
