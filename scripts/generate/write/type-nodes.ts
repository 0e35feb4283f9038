import type { MeaningLookup } from "../meanings/lookup.ts";
import { classify, reachable, shapesBelow } from "../shape/classes.ts";
import type { Choice, Shape } from "../shape/shape.ts";
import { shapeSignature } from "../shape/signature.ts";
import { caseWords } from "./case-words.ts";
import { type Path, placesOf } from "./places.ts";
import { decidingProperty, propertiesOf, type ShapeProperty } from "./properties.ts";
import type { TypeNode, TypeProperty } from "./type-node.ts";

type OpenNode = { -readonly [K in keyof TypeNode]: TypeNode[K] };

/**
 * Makes the types of shapes: an interface each, and where an attribute decides, a union of interfaces.
 *
 * @param roots The shapes of root elements.
 * @returns The roots' types; all others are below them.
 */
export function createTypes(roots: readonly Shape[], meanings: MeaningLookup): TypeNode[] {
  const places = placesOf(roots);
  const comments = commentsOf(places, meanings);
  const classes = classify(reachable(roots, shapesBelow), shapesBelow, shapeSignature);
  const nodes = new Map<Shape, TypeNode>();
  return roots.map(nodeOf);

  function nodeOf(shape: Shape): TypeNode {
    const known = nodes.get(shape);
    if (known !== undefined) return known;
    const path = places.get(shape) ?? [];
    const node: OpenNode = emptyNode(shape, comments.get(shape) ?? "");
    // Known before its parts are: a backing chain's element holds itself.
    nodes.set(shape, node);
    if (shape.choice === undefined) node.properties = propertiesOf(shape, path, meanings).map(connect);
    else Object.assign(node, unionOf(shape, shape.choice, path));
    return node;
  }

  function unionOf(union: Shape, { by, cases }: Choice, path: Path): Pick<TypeNode, "base" | "cases"> {
    const properties = cases.map(({ values, shape }) => [
      decidingProperty(by, values, path, meanings),
      ...propertiesOf(shape, path, meanings),
    ]);
    const keys = properties.map((each) => new Set(each.map(keyOf)));
    const isShared = (property: ShapeProperty) => keys.every((each) => each.has(keyOf(property)));
    const shared = (properties[0] ?? []).filter(isShared);
    const comment = `What every \`<${union.name}>\` can have.`;
    const base = { ...emptyNode(union, comment), isBase: true, properties: shared.map(connect) };
    const extending = shared.length > 0 ? { base } : {};
    const members = caseWords(by, cases).map(({ word, comment }, index) => {
      const own = (properties[index] ?? []).filter((property) => !isShared(property));
      return { word, node: { ...emptyNode(union, comment), properties: own.map(connect), ...extending } };
    });
    return { cases: members, ...extending };
  }

  function connect({ shape, ...rest }: ShapeProperty): TypeProperty {
    return shape === undefined ? rest : { ...rest, node: nodeOf(shape) };
  }

  function keyOf({ shape, ...rest }: ShapeProperty): string {
    return JSON.stringify([rest, shape && classes.get(shape)]);
  }
}

/** What each shape's element means, where it means the same wherever it stands. */
function commentsOf(places: ReadonlyMap<Shape, Path>, meanings: MeaningLookup): Map<Shape, string> {
  const comments = new Map<Shape, string>();
  const say = (shape: Shape, comment: string) => {
    comments.set(shape, (comments.get(shape) ?? comment) === comment ? comment : "");
  };
  for (const [shape, path] of places) {
    if (path.length === 1) say(shape, meanings.find([], shape.name));
    for (const [name, use] of shape.elements) say(use.shape, meanings.find(path, name));
  }
  return comments;
}

function emptyNode({ name, defines }: Shape, comment: string): TypeNode {
  return { element: name, defines, comment, properties: [], isBase: false, cases: [] };
}
