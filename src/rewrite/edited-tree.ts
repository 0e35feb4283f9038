import type { XmlAttribute, XmlElement } from "../../typings/xml.d.ts";
import { appendText } from "../xml/append-text.ts";
import type { ElementPlan } from "./element-plan.ts";
import { readElement } from "./new-element.ts";
import type { EditPlan } from "./plan-edits.ts";

/** The tree that a plan makes of another one. What is new in it has no place. */
export function editedTree(element: XmlElement, plan: EditPlan): XmlElement {
  if (!plan.changed.has(element)) return element;
  const own = plan.elements.get(element);
  return {
    ...element,
    attributes: own === undefined ? element.attributes : editedAttributes(element, own),
    children: editedChildren(element, own, plan),
  };
}

function editedAttributes(element: XmlElement, { attributes }: ElementPlan): readonly XmlAttribute[] {
  const missing = new Map(attributes);
  const kept = element.attributes.flatMap((attribute) => {
    if (attribute.namespace !== "" || !missing.has(attribute.name)) return attribute;
    const value = missing.get(attribute.name);
    missing.delete(attribute.name);
    return value === undefined ? [] : { ...attribute, value };
  });
  return [...kept, ...[...missing].map(([name, value]) => ({ name, namespace: "", value: value ?? "" }))];
}

function editedChildren(
  element: XmlElement,
  own: ElementPlan | undefined,
  plan: EditPlan,
): readonly (XmlElement | string)[] {
  const children: (XmlElement | string)[] = [];
  if (own?.text !== undefined) {
    appendText(children, own.text);
    return children;
  }
  for (const child of element.children) {
    if (typeof child === "string") appendText(children, child);
    else if (plan.elements.get(child)?.removedBy === undefined) children.push(editedTree(child, plan));
  }
  return [...children, ...(own?.added ?? []).map(readElement)];
}
