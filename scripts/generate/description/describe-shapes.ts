import { reachable, shapesBelow } from "../shape/classes.ts";
import type { Scalar } from "../shape/scalar.ts";
import type { Shape } from "../shape/shape.ts";
import type { DescribedDocuments, DescribedShape, DescribedValue } from "./description.ts";

/**
 * Writes shapes down as plain data.
 *
 * @param roots The shapes of root elements.
 * @param namespaces Prefixes by namespace URI.
 */
export function describeShapes(roots: readonly Shape[], namespaces: ReadonlyMap<string, string>): DescribedDocuments {
  const shapes = reachable(roots, shapesBelow);
  const indexes = new Map(shapes.map((shape, index) => [shape, index]));
  const indexOf = (shape: Shape): number => {
    const index = indexes.get(shape);
    if (index === undefined) throw new Error(`Cannot describe ${shape.name}: it is not below a root`);
    return index;
  };
  return {
    namespaces: Object.fromEntries(namespaces),
    roots: Object.fromEntries(roots.map((root) => [root.name, indexOf(root)])),
    shapes: shapes.map((shape) => describeShape(shape, indexOf)),
  };
}

function describeShape(shape: Shape, indexOf: (shape: Shape) => number): DescribedShape {
  const { name, defines, attributes, elements, text, textless, foreign, choice } = shape;
  return {
    name,
    defines,
    ...(attributes.size > 0 && { attributes: mapValues(attributes, describeValue) }),
    ...(elements.size > 0 && {
      elements: mapValues(elements, ({ shape: child, required, many, property }, key) => ({
        shape: indexOf(child),
        ...(required && { required }),
        ...(many && { many }),
        ...(property !== key && { property }),
      })),
    }),
    ...(text && { text: describeValue(text) }),
    ...(textless && { textless }),
    ...(foreign && { foreign }),
    ...(choice && {
      choice: {
        by: choice.by,
        cases: choice.cases.map((each) => ({
          values: each.values.map((value) => value ?? null),
          shape: indexOf(each.shape),
        })),
      },
    }),
  };
}

function describeValue({ scalar, required }: { scalar: Scalar; required: boolean }): DescribedValue {
  const { literals, patterns, numbers, text } = scalar;
  return {
    ...(required && { required }),
    ...(literals.length > 0 && { literals }),
    ...(patterns.length > 0 && { patterns }),
    ...(numbers.length > 0 && { numbers: numbers.map(({ min, max }) => [digits(min), digits(max)]) }),
    ...(text && { text }),
  };
}

function digits(bound: bigint | undefined): string | null {
  return bound === undefined ? null : String(bound);
}

function mapValues<T, U>(map: ReadonlyMap<string, T>, change: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries([...map].map(([key, value]) => [key, change(value, key)]));
}
