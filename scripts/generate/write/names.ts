import type { Shape } from "../shape/shape.ts";

/** How many kinds of children make an element a mere container, if most of them can repeat: `devices`. */
const CONTAINER_CHILDREN = 10;

/** A named part of a type's name: `["Disk", "Source"]` of `DomainDiskSource`. */
type Segments = readonly string[];

/** Where a shape is in documents. */
interface Place {
  readonly shape: Shape;
  /** What holds it, in the order of documents; itself left out. */
  readonly parents: Shape[];
  /** Its first place, containers left out. */
  readonly path: Segments;
}

/**
 * Names the types of shapes by their elements: `DomainDisk`, `DomainDiskSource`. A type used in several places is
 * called by what is above all of them (`DomainAlias`), or by the first of them where its element has other shapes.
 *
 * @param roots The roots and the names of their types.
 * @param shapes Every shape that has a type, one for all that are equal, parents first.
 * @param childrenOf A shape's children among `shapes`.
 * @param base What all names start with.
 * @throws Error when a shape finds no free name.
 */
export function nameShapes(
  roots: ReadonlyMap<Shape, string>,
  shapes: readonly Shape[],
  childrenOf: (shape: Shape) => readonly Shape[],
  base: string,
): Map<Shape, string> {
  const places = placesOf(roots, base, shapes, childrenOf);
  const segments = new Map<Shape, Segments>([...roots].map(([root, name]) => [root, rootSegments(name, base)]));
  const names = new Map(roots);
  const taken = new Set(roots.values());
  const wanted = [...places.values()].filter(({ shape }) => !roots.has(shape));
  for (const place of wanted.sort((a, b) => a.path.length - b.path.length)) {
    const candidates = candidatesOf(place).map((words) => ({ words, name: base + words.join("") }));
    const free = candidates.find(({ name }) => !taken.has(name));
    if (free === undefined) throw new Error(`Cannot name the type of ${place.path.join("/")}: its names are taken`);
    segments.set(place.shape, isContainer(place.shape) ? [] : free.words);
    names.set(place.shape, free.name);
    taken.add(free.name);
  }
  return names;

  function candidatesOf({ shape, parents, path }: Place): Segments[] {
    const prefixes = parents.map((parent) => segments.get(parent) ?? places.get(parent)?.path ?? []);
    const [first = []] = prefixes.toSorted((a, b) => a.length - b.length);
    const word = wordOf(shape.name, path.slice(0, -1));
    const container = parents.find(isContainer);
    return [
      ...(isMain(shape, parents.length) ? [[...prefixes.reduce(common, first), word]] : []),
      [...first, word],
      ...(container === undefined ? [] : [[...first, pascal(container.name), word]]),
      ...shape.defines.map((define) => [...first, pascal(define)]),
    ];
  }

  // The shape that most elements of its name have may have the short name.
  function isMain(shape: Shape, uses: number): boolean {
    const namesakes = [...places.values()].filter((other) => other.shape.name === shape.name);
    return uses * 2 > namesakes.reduce((sum, { parents }) => sum + parents.length, 0);
  }
}

function placesOf(
  roots: ReadonlyMap<Shape, string>,
  base: string,
  shapes: readonly Shape[],
  childrenOf: (shape: Shape) => readonly Shape[],
): Map<Shape, Place> {
  const places = new Map<Shape, Place>();
  for (const [shape, name] of roots) places.set(shape, { shape, parents: [], path: rootSegments(name, base) });
  for (const parent of shapes) {
    const above = isContainer(parent) ? [] : (places.get(parent)?.path ?? []);
    for (const shape of childrenOf(parent)) {
      const place = places.get(shape) ?? { shape, parents: [], path: [...above, wordOf(shape.name, above)] };
      if (shape !== parent && !place.parents.includes(parent)) place.parents.push(parent);
      places.set(shape, place);
    }
  }
  return places;
}

function isContainer(shape: Shape): boolean {
  const uses = [...shape.elements.values()];
  return (
    shape.attributes.size === 0 &&
    uses.length >= CONTAINER_CHILDREN &&
    uses.filter(({ many }) => many).length * 2 > uses.length
  );
}

function rootSegments(name: string, base: string): Segments {
  return name === base ? [] : [name.slice(base.length)];
}

function common(a: Segments, b: Segments): Segments {
  const end = a.findIndex((word, index) => word !== b[index]);
  return end === -1 ? a : a.slice(0, end);
}

// `qemu:arg` in `qemu:commandline` need not say qemu twice.
function wordOf(name: string, above: Segments): string {
  const [prefix, local] = name.split(":");
  const stutters = local !== undefined && above.some((word) => word.startsWith(pascal(prefix ?? "")));
  return pascal(stutters ? local : name);
}

function pascal(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
