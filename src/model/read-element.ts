import type { XmlAttribute, XmlElement } from "../../typings/xml.d.ts";
import { DocumentError } from "../xml/document-error.ts";
import { elementText, isBlank } from "./element-text.ts";
import { noteBareParts, noteUnknownAttribute, noteUnknownChild } from "./note-unknown.ts";
import { keyOf } from "./property-key.ts";
import { isKnown, readScalar } from "./read-scalar.ts";
import type { Model, Shape } from "./shapes.ts";
import type { TableScalar } from "./table.ts";
import type { UnknownParts } from "./unknown-content.ts";

/** A value in a model. */
export type ModelValue = string | number | ModelObject | (ModelValue | XmlElement)[];

/** An element in a model. */
export interface ModelObject {
  [property: string]: ModelValue;
}

/** What reading an element needs beside its shape. */
export interface Reading {
  readonly model: Model;
  readonly unknown: UnknownParts;
}

/**
 * Reads an element into its place in the model. What the schema knows only of other cases of the element (the `port`
 * of graphics whose type is `sdl`) is read as there, and noted as unknown.
 *
 * @throws DocumentError `repeated` or `number`.
 */
export function readElement(element: XmlElement, whole: Shape, reading: Reading): ModelValue {
  if (whole.bare && whole.text !== undefined) {
    noteBareParts(element, reading);
    return readText(element, whole.text, whole, elementText(element), reading) ?? "";
  }
  const shape = reading.model.caseOf(whole, element);
  const result: ModelObject = {};
  readAttributes(element, shape, whole, reading, result);
  const known = readChildren(element, shape, whole, reading, result);
  const blank = isBlank(element);
  if (shape.text === undefined) {
    if (!blank) reading.unknown.addText(element);
    if (shape.textless) result.value = "";
    return result;
  }
  // Space around the children of an element that could have been text is no value.
  const value = readText(element, shape.text, shape, known && blank ? "" : elementText(element), reading);
  if (value !== undefined) result.value = value;
  return result;
}

// plain loops, here and below: this runs once where no JIT compiles it

function readAttributes(element: XmlElement, shape: Shape, whole: Shape, reading: Reading, result: ModelObject): void {
  const { attributes } = element;
  for (let index = 0; index < attributes.length; index += 1) {
    const attribute = attributes[index] as XmlAttribute;
    const key = keyOf(attribute, reading.model.prefixes);
    const own = shape.attributes.get(key);
    if (own === undefined) noteUnknownAttribute(attribute, element, whole, reading);
    const use = own ?? whole.attributes.get(key);
    if (use === undefined) continue;
    const scalar = reading.model.scalarAt(use);
    const value = readScalar(scalar, attribute.value);
    if (value === undefined) throw numberError(attribute.value, element, `the attribute ${key} of <${element.name}>`);
    result[key] = value;
    if (own !== undefined && !isKnown(scalar, attribute.value)) reading.unknown.addValue(`@${attribute.name}`, element);
  }
}

/** Reads the child elements, and says whether the schema knows any of them. */
function readChildren(element: XmlElement, shape: Shape, whole: Shape, reading: Reading, result: ModelObject): boolean {
  const { children } = element;
  if (children.length === 0 && shape.lists.length === 0) return false;
  const lists = new Map<string, (ModelValue | XmlElement)[]>();
  for (const property of shape.lists) lists.set(property, []);
  let known = false;
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index] as XmlElement | string;
    if (typeof child === "string") continue;
    const key = keyOf(child, reading.model.prefixes);
    const own = shape.elements.get(key);
    if (own === undefined && shape.foreign) {
      lists.get("children")?.push(child);
      continue;
    }
    if (own === undefined) noteUnknownChild(child, element, whole, reading);
    const use = own ?? whole.elements.get(key);
    if (use === undefined) continue;
    known = true;
    const { renamed } = own === undefined ? whole : shape;
    const property = renamed !== undefined && Object.hasOwn(renamed, key) ? (renamed[key] as string) : key;
    const isMany = typeof use === "object";
    const value = readElement(child, reading.model.shapeAt(isMany ? use[0] : use), reading);
    if (isMany) {
      const list = lists.get(property);
      if (list === undefined) lists.set(property, [value]);
      else list.push(value);
      continue;
    }
    // Here too if an attribute has the name: no definition of the element has both.
    if (Object.hasOwn(result, property)) throw repeatedError(child, element);
    result[property] = value;
  }
  for (const [property, list] of lists) result[property] = list;
  return known;
}

function readText(
  element: XmlElement,
  scalar: TableScalar,
  { textOptional }: Shape,
  text: string,
  { unknown }: Reading,
): string | number | undefined {
  if (text === "" && textOptional) return undefined;
  if (text !== "" && !isKnown(scalar, text)) unknown.addValue("text()", element);
  const value = readScalar(scalar, text);
  if (value === undefined) throw numberError(text, element, `<${element.name}>`);
  return value;
}

function numberError(text: string, { line, column }: XmlElement, what: string): DocumentError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const message = `Cannot read ${what}: "${shown}" is not a number as libvirt writes it, in digits without leading zeros`;
  return new DocumentError("number", message, line, column);
}

function repeatedError(child: XmlElement, parent: XmlElement): DocumentError {
  const message = `Cannot read <${parent.name}>: it holds a second ${child.name}, and can have one`;
  return new DocumentError("repeated", message, child.line, child.column);
}
