import type { XmlAttribute, XmlElement } from "../../typings/xml.d.ts";

/** How many parts are told by name. */
const MAX_NAMED = 5;

/** The longest name that is told whole, in UTF-16 units: a document's author chose it. */
const MAX_NAME = 64;

/** What a document holds that libvirt's schema does not know where it stands. A policy finds it in the tree. */
export interface UnknownContent {
  readonly count: number;
  /** The first few: `cpu/@colour at 3:5`, `cpu/@{urn:x}mode at 3:5`, `value of cpu/@mode at 3:5`. */
  readonly first: readonly string[];
}

/** A part of a document, and where its element is. */
interface Place {
  readonly part: string;
  readonly line: number;
  readonly column: number;
}

/** Gathers what the schema does not know, while a model is built. */
export class UnknownParts {
  #count = 0;
  readonly #first: Place[] = [];
  #lookalike: Place | undefined;

  /** @param isLookalike Whether the element knows an attribute of this name without a namespace. */
  addAttribute(attribute: XmlAttribute, of: XmlElement, isLookalike = false): void {
    this.#add(`@${qualified(attribute)}`, of, of, isLookalike);
  }

  /** @param isLookalike Whether the element knows a child of this name without a namespace. */
  addChild(child: XmlElement, of: XmlElement, isLookalike = false): void {
    this.#add(qualified(child), of, child, isLookalike);
  }

  addText(of: XmlElement): void {
    this.#add("text()", of, of, false);
  }

  /** @param part `@name` or `text()`, whose value is none of those that the schema lists. */
  addValue(part: string, of: XmlElement): void {
    this.#add(part, of, of, false, "value of ");
  }

  /**
   * The first part that libvirt may take for one of its own: some of its code asks for names alone.
   *
   * @see https://gnome.pages.gitlab.gnome.org/libxml2/html/tree_8h.html `xmlGetProp`, which libvirt's
   *   `virXMLPropString` calls, "acts independently of namespaces"
   */
  get lookalike(): Place | undefined {
    return this.#lookalike;
  }

  /** `undefined` where the schema knows everything. */
  get content(): UnknownContent | undefined {
    if (this.#count === 0) return undefined;
    return { count: this.#count, first: this.#first.map(({ part, line, column }) => `${part} at ${line}:${column}`) };
  }

  #add(part: string, of: XmlElement, { line, column }: XmlElement, isLookalike: boolean, what = ""): void {
    this.#count += 1;
    const isNamed = this.#first.length < MAX_NAMED;
    if (!isNamed && (!isLookalike || this.#lookalike !== undefined)) return;
    const place = { part: `${what}${short(of.name)}/${part}`, line, column };
    if (isNamed) this.#first.push(place);
    if (isLookalike) this.#lookalike ??= place;
  }
}

function qualified({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  return namespace === "" ? short(name) : `{${short(namespace)}}${short(name)}`;
}

function short(name: string): string {
  // not within a surrogate pair
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME).replace(/[\uD800-\uDBFF]$/, "")}…` : name;
}
