import type { Table, TableScalar, TableShape } from "../../../src/model/table.ts";
import { classify, reachable, shapesBelow } from "../shape/classes.ts";
import type { NumberRange, Scalar } from "../shape/scalar.ts";
import { isWide } from "../shape/scalar-type.ts";
import type { Choice, ElementProperty, Shape } from "../shape/shape.ts";
import { commonPattern } from "./common-pattern.ts";

/**
 * Makes the table that turns documents into models: shapes that differ only in what the typings say are one.
 *
 * @param roots The roots by the name of their element.
 * @param namespaces Prefixes by namespace URI.
 */
export function createTable(roots: ReadonlyMap<string, Shape>, namespaces: ReadonlyMap<string, string>): Table {
  const scalars: TableScalar[] = [{}];
  const scalarIds = new Map([["{}", 0]]);
  const shapes = reachable([...roots.values()], shapesBelow);
  const deciding = new Map(shapes.flatMap(({ choice }) => choice?.cases.map((each) => [each.shape, choice.by]) ?? []));
  const classes = classify(shapes, shapesBelow, (shape) => JSON.stringify(writeShape(shape, () => 0)));
  const idOf = (shape: Shape): number => {
    const id = classes.get(shape);
    if (id === undefined) throw new Error(`Cannot write ${shape.name}: it is not below a root`);
    return id;
  };
  const written: TableShape[] = [];
  for (const shape of shapes) written[idOf(shape)] ??= writeShape(shape, idOf);
  const rootIds = [...roots].map(([name, shape]): [string, number] => [name, idOf(shape)]);
  return { namespaces: Object.fromEntries(namespaces), roots: Object.fromEntries(rootIds), scalars, shapes: written };

  function writeShape(shape: Shape, id: (shape: Shape) => number): TableShape {
    const by = deciding.get(shape);
    const attributes = [...shape.attributes].map(([name, { scalar }]): [string, number] => [name, scalarId(scalar)]);
    if (by !== undefined) attributes.push([by, 0]);
    const elements = [...shape.elements].map(([name, use]): [string, number | [number]] => [name, child(use, id)]);
    const many = [...shape.elements.values()].flatMap((use) => (use.many ? [use.property] : []));
    const lists = shape.foreign ? [...many, "children"] : many;
    const renamed = [...shape.elements].filter(([name, { property }]) => name !== property);
    return {
      ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
      ...(elements.length > 0 && { elements: Object.fromEntries(elements) }),
      ...(lists.length > 0 && { lists }),
      ...(renamed.length > 0 && { renamed: Object.fromEntries(renamed.map(([name, use]) => [name, use.property])) }),
      ...(shape.text && { text: scalarId(shape.text.scalar) }),
      ...(shape.text &&
        !shape.text.required &&
        shape.text.scalar.numbers.length > 0 && { textOptional: true as const }),
      ...(shape.textless && { textless: true as const }),
      ...(shape.foreign && { foreign: true as const }),
      ...(shape.choice && choiceEntry(shape.choice, id)),
    };
  }

  function choiceEntry(
    { by, cases }: Choice,
    id: (shape: Shape) => number,
  ): Pick<TableShape, "by" | "cases" | "absent"> {
    const entries = cases.flatMap(({ values, shape }) => values.map((value) => ({ value, id: id(shape) })));
    const absent = entries.find(({ value }) => value === undefined);
    return {
      by,
      cases: Object.fromEntries(
        entries.flatMap((entry) => (entry.value === undefined ? [] : [[entry.value, entry.id]])),
      ),
      ...(absent && { absent: absent.id }),
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

// Only numbers are told from text, and an enumeration's values from others; patterns are for the typings alone.
function scalarEntry(scalar: Scalar): TableScalar {
  const { literals, patterns } = scalar;
  if (scalar.numbers.length === 0) return scalar.text || patterns.length > 0 ? {} : { literals };
  const alone = !scalar.text && literals.length === 0 && patterns.length === 0;
  return {
    // Nothing has to be told from a number that is alone; a newer libvirt may know larger ones.
    numbers: alone ? [] : scalar.numbers.map(({ min, max }) => [bound(min), bound(max)]),
    ...(scalar.numbers.some(isWide) && { wide: true as const }),
    ...(scalar.text && { text: true as const }),
    ...(literals.length > 0 && { literals }),
    ...(patterns.length > 0 && { patterns: patterns.map(commonPattern) }),
  };
}

// A bound beyond exact numbers is none: what is larger stays text.
function bound(value: NumberRange["min"]): number | null {
  return value !== undefined && Number.isSafeInteger(Number(value)) ? Number(value) : null;
}
