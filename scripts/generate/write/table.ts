import type { Table, TableScalar, TableShape } from "../../../src/model/table.ts";
import { classify, reachable } from "../shape/classes.ts";
import type { NumberRange, Scalar } from "../shape/scalar.ts";
import type { ElementProperty, Shape } from "../shape/shape.ts";
import { isWide } from "./scalar-type.ts";

/**
 * Makes the table that turns documents into models: shapes that differ only in what the typings say are one.
 *
 * @param roots The roots by the name of their element.
 * @param namespaces Prefixes by namespace URI.
 */
export function createTable(roots: ReadonlyMap<string, Shape>, namespaces: ReadonlyMap<string, string>): Table {
  const scalars: TableScalar[] = [{}];
  const scalarIds = new Map([["{}", 0]]);
  const shapes = reachable([...roots.values()]);
  const classes = classify(shapes, (shape) => JSON.stringify([writeShape(shape, () => 0)]));
  const idOf = (shape: Shape) => classes.get(shape) ?? 0;
  const written: TableShape[] = [];
  for (const shape of shapes) written[idOf(shape)] ??= writeShape(shape, idOf);
  const rootIds = [...roots].map(([name, shape]): [string, number] => [name, idOf(shape)]);
  return { namespaces: Object.fromEntries(namespaces), roots: Object.fromEntries(rootIds), scalars, shapes: written };

  function writeShape(shape: Shape, id: (shape: Shape) => number): TableShape {
    const attributes = [...shape.attributes].map(([name, { scalar }]): [string, number] => [name, scalarId(scalar)]);
    const elements = [...shape.elements].map(([name, use]): [string, number | [number]] => [name, child(use, id)]);
    const renamed = [...shape.elements].filter(([name, { property }]) => name !== property);
    return {
      ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
      ...(elements.length > 0 && { elements: Object.fromEntries(elements) }),
      ...(renamed.length > 0 && { renamed: Object.fromEntries(renamed.map(([name, use]) => [name, use.property])) }),
      ...(shape.text && { text: scalarId(shape.text.scalar) }),
      ...(shape.text &&
        !shape.text.required &&
        shape.text.scalar.numbers.length > 0 && { textOptional: true as const }),
      ...(shape.foreign && { foreign: true as const }),
    };
  }

  function child({ shape, many }: ElementProperty, id: (shape: Shape) => number): number | [number] {
    return many ? [id(shape)] : id(shape);
  }

  function scalarId(scalar: Scalar): number {
    const entry = scalarEntry(scalar);
    const key = JSON.stringify(entry);
    const id = scalarIds.get(key) ?? scalars.push(entry) - 1;
    scalarIds.set(key, id);
    return id;
  }
}

// Only numbers are told from text: an enumeration's values are text whatever they are.
function scalarEntry(scalar: Scalar): TableScalar {
  if (scalar.numbers.length === 0) return {};
  const { literals, patterns } = scalar;
  const alone = !scalar.text && literals.length === 0 && patterns.length === 0;
  return {
    // Nothing has to be told from a number that is alone; a newer libvirt may know larger ones.
    numbers: alone ? [] : scalar.numbers.map(({ min, max }) => [bound(min), bound(max)]),
    ...(scalar.numbers.some(isWide) && { wide: true as const }),
    ...(scalar.text && { text: true as const }),
    ...(literals.length > 0 && { literals }),
    ...(patterns.length > 0 && { patterns: patterns.map(checkPattern) }),
  };
}

// A bound beyond exact numbers is none: what is larger stays text.
function bound(value: NumberRange["min"]): number | null {
  return value !== undefined && Number.isSafeInteger(Number(value)) ? Number(value) : null;
}

// XML Schema's and JavaScript's regular expressions agree on all but these.
function checkPattern(pattern: string): string {
  if (/\\[icpIC]|-\[|[\^$]$|^\^/.test(pattern)) {
    throw new Error(`Cannot use the pattern ${pattern}: JavaScript would read it differently`);
  }
  return pattern;
}
