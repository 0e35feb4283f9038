import type { ElementPattern, Pattern } from "../rng/pattern.ts";
import { refuseClashes } from "./clash.ts";
import { type Content, either, type TextUse } from "./content.ts";
import type { Scalar } from "./scalar.ts";
import { createSummariser } from "./summarise.ts";

/** An attribute of a shape. */
export interface AttributeProperty {
  readonly scalar: Scalar;
  readonly required: boolean;
}

/** The child elements of one name of a shape. */
export interface ElementProperty {
  /**
   * The property in the model: the element's name unless an attribute beside it has that. Where no document has both,
   * as with `address` in an interface's source, the two share the property.
   */
  readonly property: string;
  readonly shape: Shape;
  readonly required: boolean;
  readonly many: boolean;
}

/** What an element is in the model, whichever of its definitions a document follows. */
export interface Shape {
  /** The element's name, with its namespace's prefix. */
  readonly name: string;
  /** The definitions in the schema that it stands in. */
  readonly defines: readonly string[];
  readonly attributes: Map<string, AttributeProperty>;
  readonly elements: Map<string, ElementProperty>;
  readonly text: TextUse | undefined;
  /** Whether elements of any name may be children. */
  readonly foreign: boolean;
}

/**
 * Builds the shape of a document's root, and through it all others: for each place and name one shape that holds
 * whatever any of the schema's definitions of that element holds.
 *
 * @param start Where documents start.
 * @param prefixOf The prefix of a namespace's URI.
 * @throws Error when `start` is not one element, or names clash.
 */
export function buildShapes(start: Pattern, prefixOf: (namespace: string) => string): Shape {
  const summarise = createSummariser();
  const ids = new Map<ElementPattern, number>();
  const shapes = new Map<string, Shape>();
  const root = summarise(start);
  const [use, ...others] = root?.elements.values() ?? [];
  if (use === undefined || others.length > 0)
    throw new Error("Cannot build shapes: a document has to start with one element");
  return shapeOf(named(use.name), use.patterns);

  function shapeOf(name: string, patterns: ReadonlySet<ElementPattern>): Shape {
    const key = [...patterns]
      .map(idOf)
      .sort((a, b) => a - b)
      .join(" ");
    const known = shapes.get(key);
    if (known !== undefined) return known;
    const content = [...patterns].flatMap((pattern) => summarise(pattern.content) ?? []).reduce(either);
    const shape: Shape = {
      name,
      defines: [...new Set([...patterns].map((pattern) => pattern.define))],
      attributes: new Map(),
      elements: new Map(),
      text: content.text,
      foreign: content.foreign,
    };
    // Known before its children are: a backing chain's element holds itself.
    shapes.set(key, shape);
    fill(shape, content);
    return shape;
  }

  function fill(shape: Shape, content: Content): void {
    for (const { name, scalar, required } of content.attributes.values()) {
      shape.attributes.set(named(name), { scalar, required });
    }
    for (const [id, { name, patterns, required, many }] of content.elements) {
      const key = named(name);
      const property = content.clashes.has(id) ? `${key}Element` : key;
      shape.elements.set(key, { property, shape: shapeOf(key, patterns), required, many });
    }
    refuseClashes(shape);
  }

  function named(name: { local: string; namespace: string }): string {
    return name.namespace === "" ? name.local : `${prefixOf(name.namespace)}:${name.local}`;
  }

  function idOf(pattern: ElementPattern): number {
    const id = ids.get(pattern) ?? ids.size;
    ids.set(pattern, id);
    return id;
  }
}
