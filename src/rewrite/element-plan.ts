import type { XmlElement } from "../../typings/xml.d.ts";
import type { NewElement } from "./edit.ts";
import { attributeFault, elementFault, textFault } from "./new-element.ts";

/** Who asks for an edit. */
export interface Asker {
  readonly policy: string;
  /** Says why the edit cannot be made. */
  readonly fault: (what: string) => Error;
}

/** What is to become of one element. Every method throws the asker's fault for what cannot be, or not beside the rest. */
export class ElementPlan {
  readonly #element: XmlElement;
  /** The root element's is 1. */
  readonly #depth: number;
  readonly #attributes = new Map<string, string | undefined>();
  readonly #attributesBy = new Map<string, string>();
  readonly #added: NewElement[] = [];
  /** The attributes that the element has; known once one of them is edited. */
  #present: ReadonlySet<string> | undefined;
  #text: string | undefined;
  #textBy = "";
  #addedBy = "";
  #removedBy: string | undefined;

  constructor(element: XmlElement, depth: number) {
    this.#element = element;
    this.#depth = depth;
  }

  /** The values of attributes by name; undefined takes the attribute away. */
  get attributes(): ReadonlyMap<string, string | undefined> {
    return this.#attributes;
  }

  /** Its text in place of all that it holds. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Elements after those that it has, in the policies' order. */
  get added(): readonly NewElement[] {
    return this.#added;
  }

  /** The policy that removes it. */
  get removedBy(): string | undefined {
    return this.#removedBy;
  }

  setAttribute(name: string, value: string, asker: Asker): void {
    const fault = attributeFault(name, value);
    if (fault !== undefined) throw asker.fault(fault);
    this.#choose(name, value, asker);
  }

  removeAttribute(name: string, asker: Asker): void {
    this.#present ??= namesOf(this.#element);
    if (!this.#present.has(name)) throw asker.fault("there is no such attribute");
    this.#choose(name, undefined, asker);
  }

  setText(text: string, { policy, fault }: Asker): void {
    if (this.#element.children.some((child) => typeof child === "object")) throw fault("it has child elements");
    const wrong = textFault(text);
    if (wrong !== undefined) throw fault(wrong);
    if (this.#added.length > 0) throw fault(`policy ${this.#addedBy} adds an element to it`);
    if (this.#text !== undefined && this.#text !== text) throw fault(`policy ${this.#textBy} sets another text`);
    if (this.#text === undefined) this.#textBy = policy;
    this.#text = text;
  }

  add(element: NewElement, { policy, fault }: Asker): void {
    const wrong = elementFault(element, this.#depth + 1);
    if (wrong !== undefined) throw fault(wrong);
    if (this.#text !== undefined) throw fault(`policy ${this.#textBy} sets its text`);
    if (this.#added.length === 0) this.#addedBy = policy;
    this.#added.push(element);
  }

  remove({ policy, fault }: Asker): void {
    if (this.#depth === 1) throw fault("a document needs its root element");
    this.#removedBy ??= policy;
  }

  #choose(name: string, value: string | undefined, { policy, fault }: Asker): void {
    const other = this.#attributesBy.get(name);
    if (other === undefined) {
      this.#attributesBy.set(name, policy);
      this.#attributes.set(name, value);
    } else if (this.#attributes.get(name) !== value) {
      const what = this.#attributes.get(name) === undefined ? "removes it" : "sets it to another value";
      throw fault(value === undefined ? `policy ${other} sets it` : `policy ${other} ${what}`);
    }
  }
}

/** Of the attributes that edits can name: those in no namespace. */
function namesOf({ attributes }: XmlElement): ReadonlySet<string> {
  return new Set(attributes.filter(({ namespace }) => namespace === "").map(({ name }) => name));
}
