import type { Shape } from "./shape.ts";

/** The shapes that a shape leads to: those of its child elements, and those of its cases. */
export function shapesBelow(shape: Shape): Shape[] {
  const cases = shape.choice?.cases ?? [];
  return [...[...shape.elements.values()].map((use) => use.shape), ...cases.map((each) => each.shape)];
}

/** Every node that the roots lead to, parents before children, each once. */
export function reachable<T>(roots: readonly T[], below: (node: T) => readonly T[]): T[] {
  const found = new Set(roots);
  // A set goes on over what is added meanwhile.
  for (const node of found) for (const child of below(node)) found.add(child);
  return [...found];
}

/**
 * Puts nodes that nobody can tell apart into one class, numbered in the nodes' order: the coarsest partition in which
 * the members of a class have equal signatures and lead to equal classes.
 *
 * @param below What a node leads to, in an order that its signature fixes.
 * @param signature What has to be equal, that aside.
 */
export function classify<T>(
  nodes: readonly T[],
  below: (node: T) => readonly T[],
  signature: (node: T) => string,
): Map<T, number> {
  let classes = number(nodes, signature);
  for (;;) {
    const next = (node: T) => below(node).map((child) => classes.get(child));
    const finer = number(nodes, (node) => `${classes.get(node)} ${next(node).join(" ")}`);
    if (new Set(finer.values()).size === new Set(classes.values()).size) return finer;
    classes = finer;
  }
}

function number<T>(nodes: readonly T[], signature: (node: T) => string): Map<T, number> {
  const ids = new Map<string, number>();
  return new Map(
    nodes.map((node) => {
      const text = signature(node);
      const id = ids.get(text) ?? ids.size;
      ids.set(text, id);
      return [node, id];
    }),
  );
}
