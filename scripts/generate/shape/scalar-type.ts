import type { NumberRange, Scalar } from "./scalar.ts";

/** Whether a range holds numbers that a JavaScript number cannot be exactly. */
export function isWide({ min, max }: NumberRange): boolean {
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  return min === undefined || max === undefined || min < -limit || max > limit;
}

/** The TypeScript type of a scalar. */
export function scalarType(scalar: Scalar): string {
  const number = scalar.numbers.length > 0 ? ["number"] : [];
  const text = scalar.text || scalar.patterns.length > 0 || scalar.numbers.some(isWide);
  // `string` swallows literals.
  return [...number, ...(text ? ["string"] : scalar.literals.map((literal) => JSON.stringify(literal)))].join(" | ");
}
