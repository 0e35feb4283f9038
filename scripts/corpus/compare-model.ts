import { isDeepStrictEqual } from "node:util";
import type { XmlElement } from "../../typings/xml.d.ts";
import type { Difference } from "./difference.ts";
import { childrenOf, elementsOf, isBlank, qualifiedName, textOf, valuesIn } from "./document-parts.ts";
import { findSurplus } from "./find-surplus.ts";
import { memberOf } from "./member-of.ts";
import { shown } from "./shown.ts";
import { miss, type Place, reach, type Walk } from "./walk.ts";

/** The child elements that share an attribute's name, as the contract lists them: `nameElement` in the model. */
const CLASHES: ReadonlySet<string> = new Set(["os/firmware", "controller/model", "graphics/listen", "mirror/format"]);

/** How a document and its model compare. */
export interface Comparison {
  /** How many attribute values and texts are in the model where a policy looks for them. */
  readonly found: number;
  /** How many are not. */
  readonly missing: number;
  readonly differences: readonly Difference[];
}

/**
 * Walks a document and looks for each attribute, text and element in the model, then walks the model for anything that
 * the document does not have. It goes by the rules that the contract gives to policy authors and knows no schema.
 */
export function compareModel(element: XmlElement, model: unknown): Comparison {
  const walk: Walk = { found: 0, missing: 0, differences: [], reached: new Set(), whole: new Set() };
  compareElement(element, model, { document: element.name, model: element.name }, walk);
  findSurplus(model, element.name, walk);
  return { found: walk.found, missing: walk.missing, differences: walk.differences };
}

function compareElement(element: XmlElement, model: unknown, place: Place, walk: Walk): void {
  reach(place, walk);
  for (const attribute of element.attributes) {
    const name = qualifiedName(attribute);
    const held = { document: `${place.document}/@${name}`, model: memberOf(place.model, name) };
    reach(held, walk);
    compareValue(attribute.value, propertyOf(model, name), held, walk);
  }
  if (element.name === "metadata" && element.namespace === "") compareTrees(element, model, place, walk);
  else compareChildren(element, model, place, walk);
  compareText(element, model, place, walk);
}

function compareChildren(element: XmlElement, model: unknown, place: Place, walk: Walk): void {
  for (const { child, name, index, step } of childrenOf(element)) {
    const property = CLASHES.has(`${element.name}/${name}`) ? `${name}Element` : name;
    const value = propertyOf(model, property);
    const listed = Array.isArray(value);
    const member = memberOf(place.model, property);
    const held = { document: `${place.document}/${step}`, model: listed ? memberOf(member, index) : member };
    const item: unknown = listed ? value[index] : index === 0 ? value : undefined;
    if (item === undefined) miss(valuesIn(child), held.document, `is not in the model as ${held.model}`, walk);
    else compareElement(child, item, held, walk);
  }
}

/** Under `<metadata>` elements of any kind are trees, as in `context.xml`. */
function compareTrees(element: XmlElement, model: unknown, place: Place, walk: Walk): void {
  const children = memberOf(place.model, "children");
  walk.reached.add(children);
  walk.whole.add(children);
  const expected = elementsOf(element);
  const values = expected.reduce((sum, child) => sum + valuesIn(child), 0);
  if (isDeepStrictEqual(propertyOf(model, "children"), JSON.parse(JSON.stringify(expected)))) walk.found += values;
  else miss(values, place.document, `does not hold the same elements in the model as ${children}`, walk);
}

function compareText(element: XmlElement, model: unknown, place: Place, walk: Walk): void {
  const bare = typeof model !== "object";
  const value = bare ? model : propertyOf(model, "value");
  const held = { document: `${place.document}/text()`, model: bare ? place.model : memberOf(place.model, "value") };
  const blank = isBlank(element);
  if (!bare && value !== undefined) {
    // Without a text it is that of an attribute or element of this name.
    if (blank && walk.reached.has(held.model)) return;
    reach(held, walk);
  }
  // White space alone is layout, unless the model says that it is text.
  if (!blank || (value !== undefined && value !== "")) compareValue(textOf(element), value, held, walk);
}

function compareValue(expected: string, value: unknown, place: Place, walk: Walk): void {
  if (typeof value !== "object" && value !== undefined && String(value) === expected) {
    walk.found += 1;
    return;
  }
  const held = value === undefined ? "not there" : shown(value);
  miss(1, place.document, `is ${shown(expected)}, and in the model ${place.model} is ${held}`, walk);
}

function propertyOf(model: unknown, name: string): unknown {
  if (typeof model !== "object" || model === null || !Object.hasOwn(model, name)) return undefined;
  return (model as Readonly<Record<string, unknown>>)[name];
}
