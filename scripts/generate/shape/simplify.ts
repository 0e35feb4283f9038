import { classify, reachable, shapesBelow } from "./classes.ts";
import type { Case, Shape } from "./shape.ts";
import { shapeSignature } from "./signature.ts";

/**
 * Joins cases that a policy could not tell apart, and drops choices that are left with one: definitions of their own in
 * the schema may still describe the same.
 */
export function simplifyChoices(roots: readonly Shape[]): void {
  for (let changed = true; changed; ) {
    changed = false;
    const shapes = reachable(roots, shapesBelow);
    const classes = classify(shapes, shapesBelow, shapeSignature);
    for (const shape of shapes) {
      const { choice } = shape;
      if (choice === undefined) continue;
      const cases = joinEqual(choice.cases, classes);
      changed ||= cases.length < choice.cases.length;
      if (cases.length > 1) shape.choice = { ...choice, cases };
      else delete shape.choice;
    }
  }
}

function joinEqual(cases: readonly Case[], classes: ReadonlyMap<Shape, number>): Case[] {
  const joined = new Map<number | undefined, Case>();
  for (const { values, shape } of cases) {
    const known = joined.get(classes.get(shape));
    joined.set(classes.get(shape), { values: [...(known?.values ?? []), ...values], shape: known?.shape ?? shape });
  }
  return [...joined.values()];
}
