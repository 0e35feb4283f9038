import type { XmlElement } from "../../typings/xml.d.ts";
import type { Edit, PolicyEdits } from "./edit.ts";
import { ElementFinder } from "./element-finder.ts";
import { type Asker, ElementPlan } from "./element-plan.ts";
import { parsePlace, type Step } from "./parse-place.ts";
import { RewriteError, shownPlace } from "./rewrite-error.ts";

/** What is to become of a document. */
export interface EditPlan {
  readonly elements: ReadonlyMap<XmlElement, ElementPlan>;
  /** The elements of the plan and all that they stand in. */
  readonly changed: ReadonlySet<XmlElement>;
}

/**
 * Finds the places of all edits in the document as it came, and has them agree: an attribute or text has one future, and
 * what is removed is not edited. Equal edits agree; additions always do, however equal.
 *
 * @throws RewriteError for an edit that cannot be made, and for one that contradicts an earlier one.
 */
export function planEdits(root: XmlElement, edits: readonly PolicyEdits[]): EditPlan {
  const planner = new Planner(root);
  for (const { policy, edits: own } of edits) for (const edit of own) planner.plan(policy, edit);
  return planner;
}

class Planner implements EditPlan {
  readonly elements = new Map<XmlElement, ElementPlan>();
  readonly changed = new Set<XmlElement>();
  /** Who first edited an element or what is in it; to remove the element itself is no edit of it. */
  readonly #editedBy = new Map<XmlElement, string>();
  readonly #finder: ElementFinder;

  constructor(root: XmlElement) {
    this.#finder = new ElementFinder(root);
  }

  plan(policy: string, edit: Edit): void {
    const fault = (what: string): Error => new RewriteError(policy, edit, what);
    const { steps, attribute } = parsePlace(edit.at, fault);
    const isOfAttribute = edit.edit === "set-attribute" || edit.edit === "remove-attribute";
    if (isOfAttribute && attribute === undefined) throw fault("it names no attribute; end it with /@ and a name");
    if (!isOfAttribute && attribute !== undefined) throw fault("it names an attribute, not an element");
    const way = this.#finder.find(steps, fault);
    for (const each of way) this.changed.add(each);
    const element = way.at(-1) as XmlElement;
    const own = this.elements.get(element) ?? new ElementPlan(element, way.length);
    this.elements.set(element, own);
    const asker = { policy, fault };
    this.#enter(edit.edit === "remove-element" ? way.slice(0, -1) : way, steps, asker);
    if (edit.edit === "set-attribute") own.setAttribute(attribute ?? "", edit.value, asker);
    else if (edit.edit === "remove-attribute") own.removeAttribute(attribute ?? "", asker);
    else if (edit.edit === "set-text") own.setText(edit.value, asker);
    else if (edit.edit === "add-element") own.add(edit.element, asker);
    else {
      const editor = this.#editedBy.get(element);
      if (editor !== undefined) throw fault(`policy ${editor} edits it or what is in it`);
      own.remove(asker);
    }
  }

  /** Notes what is edited, and refuses where it is removed. */
  #enter(way: readonly XmlElement[], steps: readonly Step[], { policy, fault }: Asker): void {
    for (const [depth, element] of way.entries()) {
      const remover = this.elements.get(element)?.removedBy;
      if (remover !== undefined) throw fault(`policy ${remover} removes ${shownPlace(steps[depth - 1]?.at ?? "")}`);
      if (!this.#editedBy.has(element)) this.#editedBy.set(element, policy);
    }
  }
}
