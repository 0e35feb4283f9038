import type { XmlElement } from "../../typings/xml.d.ts";
import { DocumentError } from "../xml/document-error.ts";
import { elementText, isBlank } from "./element-text.ts";
import { readScalar } from "./read-scalar.ts";
import type { Model, Shape } from "./shapes.ts";
import type { TableScalar } from "./table.ts";

/** A value in a model. */
export type ModelValue = string | number | ModelObject | (ModelValue | XmlElement)[];

/** An element in a model. */
export interface ModelObject {
  [property: string]: ModelValue;
}

/**
 * Reads an element into its place in the model.
 *
 * @throws DocumentError `repeated` or `number`.
 */
export function readElement(element: XmlElement, shape: Shape, prefixes: Model["prefixes"]): ModelValue {
  if (shape.bare) return readText(element, shape, elementText(element)) ?? "";
  const result: ModelObject = {};
  for (const { name, namespace, value } of element.attributes) {
    const key = keyOf(name, namespace, prefixes);
    const scalar = shape.attributes.get(key);
    if (scalar !== undefined)
      result[key] = checked(scalar, value, element, `the attribute ${key} of <${element.name}>`);
  }
  const known = readChildren(element, shape, prefixes, result);
  // Space around the children of an element that could have been text is no value.
  const value = readText(element, shape, known && isBlank(element) ? "" : elementText(element));
  if (value !== undefined) result.value = value;
  return result;
}

/** Reads the child elements, and says whether the schema knows any of them. */
function readChildren(element: XmlElement, shape: Shape, prefixes: Model["prefixes"], result: ModelObject): boolean {
  const lists = new Map<string, (ModelValue | XmlElement)[]>(shape.lists.map((property) => [property, []]));
  let known = false;
  for (const child of element.children) {
    if (typeof child === "string") continue;
    const use = shape.elements.get(keyOf(child.name, child.namespace, prefixes));
    if (use === undefined) {
      if (shape.foreign) lists.get("children")?.push(child);
      continue;
    }
    known = true;
    const { property } = use;
    const list = lists.get(property);
    // Here too if an attribute has the name: no definition of the element has both.
    if (list === undefined && Object.hasOwn(result, property)) throw repeatedError(child, element);
    const value = readElement(child, use.shape(), prefixes);
    if (list === undefined) result[property] = value;
    else list.push(value);
  }
  for (const [property, list] of lists) result[property] = list;
  return known;
}

function readText(element: XmlElement, shape: Shape, text: string): string | number | undefined {
  if (shape.text === undefined || (text === "" && shape.textOptional)) return undefined;
  return checked(shape.text, text, element, `<${element.name}>`);
}

function checked(scalar: TableScalar, text: string, element: XmlElement, what: string): string | number {
  const value = readScalar(scalar, text);
  if (value !== undefined) return value;
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const message = `Cannot read ${what}: "${shown}" is not a number as libvirt writes it, in digits without leading zeros`;
  throw new DocumentError("number", message, element.line, element.column);
}

function repeatedError(child: XmlElement, parent: XmlElement): DocumentError {
  const message = `Cannot read <${parent.name}>: it holds a second ${child.name}, and can have one`;
  return new DocumentError("repeated", message, child.line, child.column);
}

/** The name in the schema's spelling; one that nothing has for a namespace that the schema does not know. */
function keyOf(name: string, namespace: string, prefixes: Model["prefixes"]): string {
  if (namespace === "") return name.includes(":") ? "" : name;
  const prefix = prefixes.get(namespace);
  return prefix === undefined ? "" : `${prefix}:${name}`;
}
