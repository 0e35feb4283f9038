import type { XmlElement } from "../../typings/xml.d.ts";
import { libvirtNamespaces } from "../rewrite/namespaces.ts";
import { type PlaceParts, parsePlace, type Step } from "../rewrite/parse-place.ts";
import { scanTag } from "../rewrite/scan-tag.ts";
import { splitName } from "../xml/names.ts";
import type { Place } from "../xml/place.ts";
import type { MaskedDocument } from "./masked-document.ts";
import { unitsBefore } from "./units-before.ts";

/** More lines than a start tag has. */
const TAG_LINES = 100;

/**
 * Where an XPath from the root element leads: to an attribute's name, or an element's start tag. What is not there is
 * where the nearest element above it is; of several siblings of one name, the first is meant.
 *
 * @returns undefined where it is no such path.
 */
export function findPlace(document: MaskedDocument, at: string): Place | undefined {
  const parts = partsOf(at);
  if (parts === undefined) return undefined;
  let element = document.root;
  for (const step of parts.steps) {
    const child = childAt(element, step);
    if (child === undefined) return placeOf(element);
    element = child;
  }
  return (
    (parts.attribute === undefined ? undefined : attributePlace(document, element, parts.attribute)) ?? placeOf(element)
  );
}

function partsOf(at: string): PlaceParts | undefined {
  try {
    return parsePlace(at, (what) => new Error(what));
  } catch {
    return undefined;
  }
}

function childAt({ children }: XmlElement, { prefix, name, index = 1 }: Step): XmlElement | undefined {
  const namespace = prefix === "" ? "" : libvirtNamespaces().get(prefix);
  let left = index;
  for (const child of children) {
    if (typeof child === "string" || child.name !== name || child.namespace !== namespace) continue;
    left--;
    if (left === 0) return child;
  }
  return undefined;
}

function placeOf({ line, column }: XmlElement): Place {
  return { line, column };
}

/** The place of an attribute in its start tag, which may have lines. */
function attributePlace({ lines }: MaskedDocument, element: XmlElement, name: string): Place | undefined {
  const [start = "", ...others] = lines.slice(element.line - 1, element.line - 1 + TAG_LINES);
  const tag = [start.slice(unitsBefore(start, element.column)), ...others].join("\n");
  const offset = attributeOffset(tag, splitName(name).local);
  if (offset === undefined) return undefined;
  const above = tag.slice(0, offset).split("\n");
  const own = [...(above.at(-1) ?? "")].length + 1;
  const column = above.length === 1 ? element.column - 1 + own : own;
  return { line: element.line + above.length - 1, column };
}

/** @returns undefined where there is no such attribute, or the tag does not end in this text. */
function attributeOffset(tag: string, local: string): number | undefined {
  try {
    const found = scanTag(tag, 0).attributes.find((attribute) => splitName(attribute.name).local === local);
    return found && tag.indexOf(found.name, found.start);
  } catch {
    return undefined;
  }
}
