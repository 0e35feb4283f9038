import type { XmlElement } from "../../typings/xml.d.ts";
import { splitName } from "../xml/names.ts";
import { disagree, type TagSpan } from "./scan-tag.ts";

/** An element's children, of which some have come. */
interface Level {
  readonly children: XmlElement["children"];
  next: number;
}

/** Walks through a tree as a text's tags come, and compares each with the element that it has to be. */
export class TreeWalk {
  readonly #levels: Level[];

  constructor(root: XmlElement) {
    this.#levels = [{ children: [root], next: 0 }];
  }

  /**
   * Goes into the element whose start tag this is.
   *
   * @param tag Without the declarations of namespaces.
   * @param namespace The URI that its prefix is bound to.
   * @throws {Error} where another element comes next, or none.
   */
  enter({ start, name, attributes }: TagSpan, namespace: string | undefined): XmlElement {
    const element = this.#nextChild();
    if (element === undefined) return disagree(start, "there is an element more");
    if (splitName(name).local !== element.name || namespace !== element.namespace) {
      disagree(start, `${name} stands where ${element.name} was read`);
    }
    const isSameList =
      attributes.length === element.attributes.length &&
      attributes.every((attribute, index) => splitName(attribute.name).local === element.attributes[index]?.name);
    if (!isSameList) disagree(start, `${name} has other attributes than were read`);
    this.#levels.push({ children: element.children, next: 0 });
    return element;
  }

  /**
   * Goes out of an element.
   *
   * @param at Where it ends, or its end tag begins.
   * @throws {Error} where the element has more children.
   */
  leave(at: number): void {
    const missing = this.#nextChild();
    if (missing !== undefined) disagree(at, `there is no ${missing.name} any more`);
    this.#levels.pop();
  }

  /** The next child that is an element. */
  #nextChild(): XmlElement | undefined {
    const level = this.#levels.at(-1);
    while (level !== undefined && level.next < level.children.length) {
      const child = level.children[level.next];
      level.next += 1;
      if (typeof child === "object") return child;
    }
    return undefined;
  }
}
