import type { MeaningLookup } from "../meanings/lookup.ts";
import { classify, reachable } from "../shape/classes.ts";
import type { Shape } from "../shape/shape.ts";
import { nameTypes } from "./names.ts";
import { sharedComment, sharedPropertyComment } from "./shared-comments.ts";
import { type TypeNode, typesIn } from "./type-node.ts";
import { createTypes } from "./type-nodes.ts";
import { writeType } from "./write-type.ts";

/**
 * Writes the types of shapes; equal ones are one.
 *
 * @param roots The shapes of root elements, and what their types are called.
 * @param base What the names of all types start with.
 */
export function writeTypings(roots: ReadonlyMap<Shape, string>, base: string, meanings: MeaningLookup): string {
  const names = [...roots.values()];
  const tops = createTypes([...roots.keys()], meanings);
  const nodes = reachable(tops, typesIn);
  const classes = classify(nodes, typesIn, signature);
  const members = Map.groupBy(nodes, (node) => classes.get(node));
  const same = (node: TypeNode): TypeNode => members.get(classes.get(node))?.[0] ?? node;
  const firsts = [...members.values()].flatMap(([first]) => first ?? []);
  const elementsOf = (node: TypeNode) => new Set(members.get(classes.get(node))?.map(({ element }) => element));
  const rootNames = new Map(tops.map((top, index) => [same(top), names[index] ?? ""]));
  const named = nameTypes(rootNames, firsts, same, elementsOf, base);
  const nameOf = (node: TypeNode): string => named.get(same(node)) ?? "";
  const texts = [...members.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const comments = first.properties.map((_, index) => sharedPropertyComment(group, index));
    return writeType(first, { about: sharedComment(group), properties: comments }, nameOf);
  });
  const foreign = texts.some((text) => text.includes("XmlElement"));
  return `${foreign ? 'import type { XmlElement } from "./xml.js";\n\n' : ""}${texts.join("\n\n")}\n`;
}

/** What two types have to agree in, the types that they name aside: the names and types of their members. */
function signature(node: TypeNode): string {
  return `${node.isBase} ${writeType(node, { about: [], properties: [] }, () => "_")}`;
}
