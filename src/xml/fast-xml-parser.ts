import { type X2jOptions, XMLParser } from "fast-xml-parser";
import { MAX_DEPTH } from "./limits.ts";

/** Keys of fast-xml-parser's tree; no XML name holds such characters, so none can pass for another. */
export const TEXT = "#text";
export const CDATA = "#cdata";
const ATTRIBUTES = ":@";
export const ELEMENT_MARK = "<";
export const ATTRIBUTE_MARK = "@";
/** Where an element's attributes are kept as pairs when they are many. */
const MANY = "#many";

/** How many attributes an element may have before they are kept as pairs. */
const MANY_FROM = 64;

/** A node of fast-xml-parser's tree: text, CDATA, or an element with its attributes under `:@`. */
export type RawNode = Readonly<Record<string, unknown>>;

const START_INDEX = XMLParser.getMetaDataSymbol() as symbol;

const OPTIONS: X2jOptions = {
  preserveOrder: true,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE_MARK,
  ignoreDeclaration: true,
  captureMetaData: true,
  maxNestedTags: MAX_DEPTH,
  jPath: false,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  // References are decoded by references.ts: here attribute values would be decoded before they are normalised.
  processEntities: false,
  // It refuses or renames elements called constructor, toString, …; with a mark before them they are plain keys.
  transformTagName: (name) => (name.startsWith(ELEMENT_MARK) ? name : ELEMENT_MARK + name),
  updateTag: (name, _path, attributes) => {
    foldMany(attributes);
    return name;
  },
};

/** fast-xml-parser lists all attributes of an element anew for each text in it: quadratic unless they are few. */
function foldMany(attributes: Record<string, unknown>): void {
  const names = Object.keys(attributes);
  if (names.length < MANY_FROM) return;
  const pairs = names.map((name) => [name, attributes[name]]);
  for (const name of names) delete attributes[name];
  attributes[MANY] = pairs;
}

/**
 * Reads a well-formed document as it is written: references undecoded, prefixes unresolved.
 *
 * @returns The nodes outside any element: the root element alone.
 */
export function readRaw(text: string): readonly RawNode[] {
  return new XMLParser(OPTIONS).parse(text) ?? [];
}

/** Where an element's start tag begins, in UTF-16 units. */
export function startIndex(node: RawNode): number {
  const { startIndex } = (node as Record<symbol, { readonly startIndex: number }>)[START_INDEX] ?? { startIndex: 0 };
  return startIndex;
}

/** The attributes of an element, marked names with raw values. */
export function rawAttributes(node: RawNode): readonly (readonly [string, string])[] {
  const attributes = (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>;
  return (attributes[MANY] as unknown as [string, string][] | undefined) ?? Object.entries(attributes);
}
