import assert from "node:assert/strict";
import type { XmlElement } from "../../typings/xml.d.ts";

/** Prefixes of the corpus' documents, written down here so that the comparison does not lean on the tables. */
const PREFIXES: Readonly<Record<string, string>> = {
  "": "",
  "http://libvirt.org/schemas/domain/qemu/1.0": "qemu:",
  "http://libvirt.org/schemas/network/dnsmasq/1.0": "dnsmasq:",
};

/**
 * Walks a document and asserts that each attribute and text is in the model where a policy would look for it.
 *
 * @returns How many attributes and texts there are.
 */
export function compareModel(element: XmlElement, model: unknown, path: string): number {
  if (element.name === "metadata") {
    assert.deepEqual(at(model, "children"), elementsOf(element), path);
    return 1;
  }
  for (const { name, value } of element.attributes) assert.equal(String(at(model, name)), value, `${path}/@${name}`);
  const seen = new Map<string, number>();
  let leaves = element.attributes.length;
  for (const child of elementsOf(element)) {
    const name = `${PREFIXES[child.namespace]}${child.name}`;
    const index = seen.get(name) ?? 0;
    seen.set(name, index + 1);
    const property = at(model, `${name}Element`) === undefined ? at(model, name) : at(model, `${name}Element`);
    const place = `${path}/${name}[${index + 1}]`;
    assert.ok(property !== undefined && (Array.isArray(property) || index === 0), `${place} is missing`);
    leaves += compareModel(child, Array.isArray(property) ? property[index] : property, place);
  }
  const text = element.children.filter((child) => typeof child === "string").join("");
  if (text === "" || (text.trim() === "" && elementsOf(element).length > 0)) return leaves;
  assert.equal(String(typeof model === "object" ? at(model, "value") : model), text, `${path}/text()`);
  return leaves + 1;
}

/** How many attributes and texts a model holds; an element's lack of text is none. */
export function countLeaves(model: unknown, name = ""): number {
  if (typeof model !== "object" || model === null) return name === "value" && model === "" ? 0 : 1;
  if (name === "metadata") return 1;
  const entries: [string, unknown][] = Array.isArray(model)
    ? model.map((item): [string, unknown] => ["", item])
    : Object.entries(model);
  return entries.reduce((sum, [key, value]) => sum + countLeaves(value, key), 0);
}

function at(model: unknown, name: string): unknown {
  assert.ok(typeof model === "object" && model !== null);
  return Object.entries(model).find(([key]) => key === name)?.[1];
}

function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== "string");
}
