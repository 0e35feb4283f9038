import type { TextUse } from "./content.ts";
import type { Scalar } from "./scalar.ts";
import { scalarType } from "./scalar-type.ts";
import type { Shape } from "./shape.ts";

/** What two shapes have to agree in, what their parts lead to aside, to be the same to a policy. */
export function shapeSignature({ attributes, elements, text, textless, foreign, choice }: Shape): string {
  return JSON.stringify([
    [...attributes].map(([name, { scalar, required }]) => [name, scalarSignature(scalar), required]),
    [...elements].map(([name, { property, required, many }]) => [name, property, required, many]),
    text && textSignature(text),
    textless,
    foreign,
    choice && [choice.by, choice.cases.map(({ values }) => values.map((value) => value ?? null))],
  ]);
}

function textSignature({ scalar, required }: TextUse): unknown[] {
  return [scalarSignature(scalar), required];
}

// Where numbers are among it, patterns decide what is a number and what stays text.
function scalarSignature(scalar: Scalar): string {
  const ranges = scalar.numbers.map(({ min, max }) => `${min}..${max}`);
  return [scalarType(scalar), ...ranges, ...(ranges.length > 0 ? scalar.patterns : [])].join(" ");
}
