import type { Shape } from "../shape/shape.ts";

/** Where an element is: the names from the root's to its own. */
export type Path = readonly string[];

/** What a policy can reach from a shape: of an element that has cases, only they. */
function reachedBy({ elements, choice }: Shape, path: Path): [Shape, Path][] {
  if (choice !== undefined) return choice.cases.map(({ shape }) => [shape, path]);
  return [...elements].map(([child, { shape }]) => [shape, [...path, child]]);
}

/** Every shape that a policy can reach, and its first place: parents before children. */
export function placesOf(roots: Iterable<Shape>): Map<Shape, Path> {
  const places = new Map<Shape, Path>([...roots].map((root) => [root, [root.name]]));
  // A map goes on over what is added meanwhile.
  for (const [shape, path] of places) {
    for (const [below, place] of reachedBy(shape, path)) if (!places.has(below)) places.set(below, place);
  }
  return places;
}
