import type { ElementPattern, QualifiedName } from "../rng/pattern.ts";
import { type Scalar, unite } from "./scalar.ts";

/** An attribute of an element. */
export interface AttributeUse {
  readonly name: QualifiedName;
  readonly scalar: Scalar;
  readonly required: boolean;
}

/** The child elements of one name. */
export interface ElementUse {
  readonly name: QualifiedName;
  /** Every definition that a child of this name can have here. */
  readonly patterns: ReadonlySet<ElementPattern>;
  readonly required: boolean;
  /** Whether one document can have two of them. */
  readonly many: boolean;
}

/** An element's text. */
export interface TextUse {
  readonly scalar: Scalar;
  /** Whether the element must have text. */
  readonly required: boolean;
}

/** What a pattern lets an element hold, over all documents. */
export interface Content {
  readonly attributes: ReadonlyMap<string, AttributeUse>;
  readonly elements: ReadonlyMap<string, ElementUse>;
  readonly text?: TextUse;
  /** Whether elements of any name may be children. */
  readonly foreign: boolean;
  /** The keys that one document can have as an attribute and as an element. */
  readonly clashes: ReadonlySet<string>;
}

/** An element that holds nothing. */
export const NOTHING: Content = { attributes: new Map(), elements: new Map(), foreign: false, clashes: new Set() };

/** A key for a qualified name. */
export function keyOf(name: QualifiedName): string {
  return `{${name.namespace}}${name.local}`;
}

/** What an element holds when it holds one or the other. */
export function either(a: Content, b: Content): Content {
  return join(a, b, { requires: (one, other) => one && other, together: false });
}

/** What an element holds when it holds one and the other. */
export function both(a: Content, b: Content): Content {
  return join(a, b, { requires: (one, other) => one || other, together: true });
}

/** What an element holds when it holds this any number of times. */
export function repeated(content: Content): Content {
  const elements = [...content.elements].map(([key, use]): [string, ElementUse] => [key, { ...use, many: true }]);
  return { ...content, elements: new Map(elements), clashes: clashesOf(content, content) };
}

function clashesOf(a: Content, b: Content): Set<string> {
  const inBoth = (one: Content, other: Content) => [...one.attributes.keys()].filter((key) => other.elements.has(key));
  return new Set([...a.clashes, ...b.clashes, ...inBoth(a, b), ...inBoth(b, a)]);
}

interface Way {
  requires(a: boolean, b: boolean): boolean;
  /** Whether one document can have what both sides hold. */
  readonly together: boolean;
}

function join(a: Content, b: Content, way: Way): Content {
  const text = joinUses(a.text, b.text, way, uniteScalars);
  return {
    attributes: joinMaps(a.attributes, b.attributes, way, uniteScalars),
    elements: joinMaps(a.elements, b.elements, way, (one, other) => ({
      ...one,
      patterns: new Set([...one.patterns, ...other.patterns]),
      many: way.together || one.many || other.many,
    })),
    ...(text === undefined ? {} : { text }),
    foreign: a.foreign || b.foreign,
    clashes: way.together ? clashesOf(a, b) : new Set([...a.clashes, ...b.clashes]),
  };
}

function uniteScalars<T extends TextUse>(one: T, other: T): T {
  return { ...one, scalar: unite(one.scalar, other.scalar) };
}

function joinMaps<T extends { required: boolean }>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  way: Way,
  merge: (one: T, other: T) => T,
): Map<string, T> {
  const joined = new Map<string, T>();
  for (const key of [...a.keys(), ...b.keys()]) {
    const use = joinUses(a.get(key), b.get(key), way, merge);
    if (use !== undefined) joined.set(key, use);
  }
  return joined;
}

function joinUses<T extends { required: boolean }>(
  one: T | undefined,
  other: T | undefined,
  way: Way,
  merge: (one: T, other: T) => T,
): T | undefined {
  const use = one && other ? merge(one, other) : (one ?? other);
  return use && { ...use, required: way.requires(one?.required ?? false, other?.required ?? false) };
}
