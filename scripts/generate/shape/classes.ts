import type { Shape } from "./shape.ts";

/** Every shape under the roots, parents before children, each once. */
export function reachable(roots: readonly Shape[]): Shape[] {
  const found = new Set(roots);
  // A set goes on over what is added meanwhile.
  for (const shape of found) for (const { shape: child } of shape.elements.values()) found.add(child);
  return [...found];
}

/**
 * Puts shapes that no document can tell apart into one class, numbered in the shapes' order: the coarsest partition
 * in which the members of a class have equal signatures and children in equal classes.
 *
 * @param signature What has to be equal, children aside.
 */
export function classify(shapes: readonly Shape[], signature: (shape: Shape) => string): Map<Shape, number> {
  let classes = number(shapes, signature);
  for (;;) {
    const children = (shape: Shape) => [...shape.elements].map(([name, use]) => `${name}=${classes.get(use.shape)}`);
    const finer = number(shapes, (shape) => `${classes.get(shape)} ${children(shape).sort().join(" ")}`);
    if (new Set(finer.values()).size === new Set(classes.values()).size) return finer;
    classes = finer;
  }
}

function number(shapes: readonly Shape[], signature: (shape: Shape) => string): Map<Shape, number> {
  const ids = new Map<string, number>();
  return new Map(
    shapes.map((shape) => {
      const text = signature(shape);
      const id = ids.get(text) ?? ids.size;
      ids.set(text, id);
      return [shape, id];
    }),
  );
}
