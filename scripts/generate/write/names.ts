import {
  inNames,
  isContainer,
  type NamePlace,
  namePlaces,
  rootSegments,
  type Segments,
  wordOf,
} from "./name-places.ts";
import { pascal } from "./pascal.ts";
import type { TypeNode } from "./type-node.ts";

/** How many properties make the name of a type that several elements have: `DomainUnitValue`. */
const MAX_HELD = 2;

/**
 * Names types by their elements: `DomainDisk`, `DomainDiskTarget`; a union's members by what decides: `DomainDiskFile`.
 * A type used in several places is called by what is above all of them (`DomainAlias`), or by the first of them where
 * its element has other types; a small one of several elements is called by what it holds (`DomainState`).
 *
 * @param roots The names of the roots' types.
 * @param nodes Every type, one for all that are equal, parents first.
 * @param same The one among `nodes` that a type equals.
 * @param elementsOf The names of all elements that a type describes.
 * @param base What all names start with.
 * @throws Error when a type finds no free name.
 */
export function nameTypes(
  roots: ReadonlyMap<TypeNode, string>,
  nodes: readonly TypeNode[],
  same: (node: TypeNode) => TypeNode,
  elementsOf: (node: TypeNode) => ReadonlySet<string>,
  base: string,
): Map<TypeNode, string> {
  const places = namePlaces(roots, base, nodes, same);
  const segments = new Map<TypeNode, Segments>([...roots].map(([root, name]) => [root, rootSegments(name, base)]));
  const names = new Map(roots);
  const taken = new Set(roots.values());
  const wanted = [...places.values()].filter(({ node }) => !roots.has(node));
  for (const place of wanted.sort((a, b) => a.path.length - b.path.length)) {
    const candidates = candidatesOf(place).map((words) => ({ words, name: base + words.join("") }));
    const free = candidates.find(({ name }) => !taken.has(name));
    if (free === undefined) throw new Error(`Cannot name the type of ${place.path.join("/")}: its names are taken`);
    segments.set(place.node, inNames(place.node, free.words));
    names.set(place.node, free.name);
    taken.add(free.name);
  }
  return names;

  function candidatesOf({ node, word, parents }: NamePlace): Segments[] {
    const prefixes = parents.map((parent) => segments.get(parent) ?? places.get(parent)?.path ?? []);
    const [first = []] = prefixes.toSorted((a, b) => a.length - b.length);
    const held = elementsOf(node).size > 1 && isSmall(node) ? node.properties : [];
    const container = parents.find(isContainer);
    return [
      ...(held.length > 0 ? [held.map(({ name }) => pascal(name))] : []),
      ...(isMain(node, word, parents) ? [[...prefixes.reduce(common, first), word]] : []),
      [...first, word],
      ...(container === undefined ? [] : [[...first, pascal(container.element), word]]),
      ...prefixes.map((prefix) => [...prefix, word]),
      ...node.defines.map((define) => [...first, pascal(define)]),
    ];
  }

  // The type that most elements of its name have may have the short name.
  function isMain(node: TypeNode, word: string, { length }: readonly TypeNode[]): boolean {
    if (word !== wordOf(node.element, []) && word !== wordOf(node.element, [word])) return false;
    const namesakes = [...places.values()].filter((other) => other.word === word);
    return length * 2 > namesakes.reduce((sum, { parents }) => sum + parents.length, 0);
  }
}

function isSmall({ properties }: TypeNode): boolean {
  return properties.length <= MAX_HELD && properties.every(({ node }) => node === undefined);
}

function common(a: Segments, b: Segments): Segments {
  const end = a.findIndex((word, index) => word !== b[index]);
  return end === -1 ? a : a.slice(0, end);
}
