import fc from "fast-check";

/** From the first arbitrary most of the time, from the others now and then. */
export function mostly<T>(percent: number, usual: fc.Arbitrary<T>, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  const weight = (100 - percent) / others.length;
  // Weights are whole numbers, so in thousandths.
  const rare = others.map((arbitrary) => ({ arbitrary, weight: Math.max(1, Math.round(weight * 10)) }));
  return fc.oneof({ arbitrary: usual, weight: percent * 10 }, ...rare);
}

/** One of the pieces. */
export function oneOf<T>(pieces: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...pieces);
}

/** Up to this many of a thing, joined. */
export function some(thing: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> {
  return fc.array(thing, { maxLength, size: "max" }).map((things) => things.join(""));
}
