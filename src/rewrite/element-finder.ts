import type { XmlElement } from "../../typings/xml.d.ts";
import { libvirtNamespaces, unknownPrefix } from "./namespaces.ts";
import type { Step } from "./parse-place.ts";
import { shownPlace } from "./rewrite-error.ts";

/** Finds elements by place. Of each parent that is passed the children are sorted by name once. */
export class ElementFinder {
  readonly #root: XmlElement;
  readonly #children = new Map<XmlElement, ReadonlyMap<string, readonly XmlElement[]>>();

  constructor(root: XmlElement) {
    this.#root = root;
  }

  /**
   * The elements on the way to a place: the root element first, the one at the place last.
   *
   * @param fault Makes an error of why it is no place, or not one.
   */
  find(steps: readonly Step[], fault: (what: string) => Error): readonly XmlElement[] {
    const way = [this.#root];
    let last = this.#root;
    for (const { prefix, name, index, at } of steps) {
      const namespace = prefix === "" ? "" : libvirtNamespaces().get(prefix);
      if (namespace === undefined) throw fault(unknownPrefix(prefix));
      const siblings = this.#childrenOf(last).get(key({ namespace, name })) ?? [];
      const found = siblings[(index ?? 1) - 1];
      if (found === undefined) throw fault(`${shownPlace(at)} is not there${count(siblings.length)}`);
      if (index === undefined && siblings.length > 1) {
        const place = shownPlace(at);
        throw fault(`${place} is not one place: there are ${siblings.length} of them; say which, as in ${place}[1]`);
      }
      way.push(found);
      last = found;
    }
    return way;
  }

  #childrenOf(parent: XmlElement): ReadonlyMap<string, readonly XmlElement[]> {
    const known = this.#children.get(parent);
    if (known !== undefined) return known;
    const elements = parent.children.filter((child) => typeof child === "object");
    const children = Map.groupBy(elements, key);
    this.#children.set(parent, children);
    return children;
  }
}

/** A name and its namespace; no name holds a space. */
function key({ namespace, name }: Pick<XmlElement, "namespace" | "name">): string {
  return `${name} ${namespace}`;
}

function count(siblings: number): string {
  if (siblings === 0) return "";
  return siblings === 1 ? ": there is 1 of them" : `: there are ${siblings} of them`;
}
