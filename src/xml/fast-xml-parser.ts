import { type X2jOptions, XMLParser } from "fast-xml-parser";
import { MAX_DEPTH } from "./limits.ts";

/** Keys of fast-xml-parser's tree; no XML name holds such characters, so none can pass for another. */
export const TEXT = "#text";
export const CDATA = "#cdata";
const ATTRIBUTES = ":@";
export const ELEMENT_MARK = "<";
export const ATTRIBUTE_MARK = "@";
/** Where an element's attributes are kept apart when they are many. */
const MANY = "#many";

/** How many attributes an element may have before they are kept apart. */
const MANY_FROM = 64;

/** A node of fast-xml-parser's tree: text, CDATA, or an element with its attributes under `:@`. */
export type RawNode = Readonly<Record<string, unknown>>;

const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};

const START_INDEX = XMLParser.getMetaDataSymbol() as symbol;

/** In place of a decoder that would be made for each document, and decode nothing. */
const NO_DECODER: NonNullable<X2jOptions["entityDecoder"]> = {
  decode: (text) => text,
  reset: () => {},
  setXmlVersion: () => {},
  addInputEntities: () => {},
  setExternalEntities: () => {},
};

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
  // what is neither changed nor read as a number needs no second look
  tagValueProcessor: () => undefined,
  attributeValueProcessor: () => undefined,
  // References are decoded by references.ts: here attribute values would be decoded before they are normalised.
  processEntities: false,
  entityDecoder: NO_DECODER,
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
  const apart = { ...attributes };
  for (const name of names) delete attributes[name];
  attributes[MANY] = apart;
}

/** Keeps nothing between documents: fast-xml-parser has its own state for each. */
const parser = new XMLParser(OPTIONS);

/**
 * Reads a well-formed document as it is written: references undecoded, prefixes unresolved.
 *
 * @returns The nodes outside any element: the root element alone.
 */
export function readRaw(text: string): readonly RawNode[] {
  return parser.parse(text) ?? [];
}

/** The key of an element's children: its marked name. */
export function elementKey(node: RawNode): string {
  return Object.keys(node)[0] ?? "";
}

/** Where an element's start tag begins, in UTF-16 units. */
export function startIndex(node: RawNode): number {
  return (node as Record<symbol, { readonly startIndex: number }>)[START_INDEX]?.startIndex ?? 0;
}

/** The attributes of an element, raw values by marked names. */
export function rawAttributes(node: RawNode): Readonly<Record<string, string>> {
  const attributes = (node[ATTRIBUTES] ?? NO_ATTRIBUTES) as Readonly<Record<string, string>>;
  return (attributes[MANY] as unknown as Readonly<Record<string, string>> | undefined) ?? attributes;
}
