import type { ElementPattern, Pattern } from "../rng/pattern.ts";
import { findChoice } from "./choice.ts";
import { refuseClashes } from "./clash.ts";
import { type Content, either } from "./content.ts";
import type { Case, Shape } from "./shape.ts";
import { createSummariser } from "./summarise.ts";

/**
 * Builds the shape of a document's root, and through it all others: for each place and name one shape that holds
 * whatever any of the schema's definitions of that element holds, and its cases where an attribute decides.
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
    const defines = [...new Set([...patterns].map((pattern) => pattern.define))];
    const shape = emptyShape(name, defines, content, content);
    // Known before its children are: a backing chain's element holds itself.
    shapes.set(key, shape);
    fill(shape, content, content);
    const choice = findChoice(patterns, content, summarise, idOf);
    if (choice !== undefined) {
      const cases = choice.cases.map(({ values, content: inner }): Case => {
        const inside = emptyShape(name, defines, inner, content);
        fill(inside, inner, content);
        refuseClashes(inside);
        return { values, shape: inside };
      });
      shape.choice = { by: named(choice.by), cases };
    }
    refuseClashes(shape);
    return shape;
  }

  // What can repeat, and how properties are called, is the same in all cases.
  function fill(shape: Shape, content: Content, whole: Content): void {
    for (const { name, scalar, required } of content.attributes.values()) {
      shape.attributes.set(named(name), { scalar, required });
    }
    for (const [id, { name, patterns, required }] of content.elements) {
      const key = named(name);
      const property = whole.clashes.has(id) ? `${key}Element` : key;
      const many = whole.elements.get(id)?.many ?? false;
      shape.elements.set(key, { property, shape: shapeOf(key, patterns), required, many });
    }
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

function emptyShape(name: string, defines: readonly string[], { text, foreign }: Content, whole: Content): Shape {
  const textless = text === undefined && whole.text !== undefined;
  return { name, defines, attributes: new Map(), elements: new Map(), text, textless, foreign };
}
