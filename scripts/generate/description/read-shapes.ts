import type { Scalar } from "../shape/scalar.ts";
import type { Shape } from "../shape/shape.ts";
import type { DescribedDocuments, DescribedShape, DescribedValue } from "./description.ts";

/** Makes shapes of a description again: the roots, by the name of their element. */
export function readShapes({ roots, shapes: described }: DescribedDocuments): Map<string, Shape> {
  const shapes = described.map(({ name, defines, attributes = {}, text, textless = false, foreign = false }): Shape => {
    return {
      name,
      defines,
      attributes: new Map(Object.entries(attributes).map(([key, value]) => [key, readValue(value)])),
      elements: new Map(),
      text: text && readValue(text),
      textless,
      foreign,
    };
  });
  const shapeAt = (index: number): Shape => {
    const shape = shapes[index];
    if (shape === undefined) throw new Error(`Cannot read the description: it has no shape ${index}`);
    return shape;
  };
  for (const [index, { elements = {}, choice }] of described.entries())
    connect(shapeAt(index), elements, choice, shapeAt);
  return new Map(Object.entries(roots).map(([name, index]) => [name, shapeAt(index)]));
}

function connect(
  shape: Shape,
  elements: NonNullable<DescribedShape["elements"]>,
  choice: DescribedShape["choice"],
  shapeAt: (index: number) => Shape,
): void {
  for (const [name, { shape: index, required = false, many = false, property = name }] of Object.entries(elements)) {
    shape.elements.set(name, { property, shape: shapeAt(index), required, many });
  }
  if (choice === undefined) return;
  const cases = choice.cases.map(({ values, shape: index }) => ({
    values: values.map((value) => value ?? undefined),
    shape: shapeAt(index),
  }));
  shape.choice = { by: choice.by, cases };
}

function readValue(value: DescribedValue): { scalar: Scalar; required: boolean } {
  const { required = false, literals = [], patterns = [], numbers = [], text = false } = value;
  const ranges = numbers.map(([min, max]) => ({
    ...(min !== null && { min: BigInt(min) }),
    ...(max !== null && { max: BigInt(max) }),
  }));
  return { scalar: { literals, patterns, numbers: ranges, text }, required };
}
