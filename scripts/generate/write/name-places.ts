import { pascal } from "./pascal.ts";
import { type TypeNode, typesIn } from "./type-node.ts";

/** How many kinds of children make an element a mere container, if most of them can repeat: `devices`. */
const CONTAINER_CHILDREN = 10;

/** A part of a type's name each: `["Disk", "Source"]` of `DomainDiskSource`. */
export type Segments = readonly string[];

/** What a type's name follows from. */
export interface NamePlace {
  readonly node: TypeNode;
  /** What the last part of its name would be. */
  readonly word: string;
  /** What names it, in the order of documents; itself left out. */
  readonly parents: TypeNode[];
  /** Its first place, containers left out. */
  readonly path: Segments;
}

/** What names each type, and its first place. */
export function namePlaces(
  roots: ReadonlyMap<TypeNode, string>,
  base: string,
  nodes: readonly TypeNode[],
  same: (node: TypeNode) => TypeNode,
): Map<TypeNode, NamePlace> {
  const places = new Map<TypeNode, NamePlace>();
  for (const [node, name] of roots) {
    places.set(node, { node, word: pascal(node.element), parents: [], path: rootSegments(name, base) });
  }
  for (const parent of nodes) {
    const above = inNames(parent, places.get(parent)?.path ?? []);
    for (const [below, word] of namedIn(parent, above)) {
      const node = same(below);
      const place = places.get(node) ?? { node, word, parents: [], path: [...above, word] };
      if (node !== parent && !place.parents.includes(parent)) place.parents.push(parent);
      places.set(node, place);
    }
  }
  return places;
}

/** The types that a type's text names, and the last part of their names. */
function namedIn(parent: TypeNode, above: Segments): [TypeNode, string][] {
  const words = new Map(parent.cases.map(({ node, word }) => [node, word]));
  return typesIn(parent).map((node) => [
    node,
    words.get(node) ?? (node.isBase ? "Common" : wordOf(node.element, above)),
  ]);
}

/** What the names of types begin with that a type's text names: a container and what is only extended are left out. */
export function inNames(node: TypeNode, words: Segments): Segments {
  if (isContainer(node)) return [];
  return node.isBase ? words.slice(0, -1) : words;
}

/** Whether an element only holds others, such as `devices`, so that names need not say it. */
export function isContainer({ properties }: TypeNode): boolean {
  const lists = properties.filter(({ after }) => after === "[]");
  return properties.length >= CONTAINER_CHILDREN && lists.length * 2 > properties.length;
}

/** What the names of types below a root begin with. */
export function rootSegments(name: string, base: string): Segments {
  return name === base ? [] : [name.slice(base.length)];
}

/** What a name says of an element: `qemu:arg` in `qemu:commandline` need not say qemu twice. */
export function wordOf(name: string, above: Segments): string {
  const [prefix, local] = name.split(":");
  const stutters = local !== undefined && above.some((word) => word.startsWith(pascal(prefix ?? "")));
  return pascal(stutters ? local : name);
}
