import { writeComment } from "./comment.ts";
import type { TypeNode, TypeProperty } from "./type-node.ts";

/** What a type's comments say, a paragraph an element. */
interface TypeComments {
  readonly about: readonly string[];
  /** Of each property, in their order. */
  readonly properties: readonly (readonly string[])[];
}

/**
 * Writes a type.
 *
 * @param nameOf The name of a type.
 */
export function writeType(node: TypeNode, comments: TypeComments, nameOf: (node: TypeNode) => string): string {
  const about = writeComment(comments.about);
  if (node.cases.length > 0) {
    const cases = node.cases.map((each) => `\n  | ${nameOf(each.node)}`);
    return [...about, `export type ${nameOf(node)} =${cases.join("")};`].join("\n");
  }
  const base = node.base === undefined ? "" : ` extends ${nameOf(node.base)}`;
  const lines = node.properties.flatMap((property, index) => [
    ...writeComment(comments.properties[index] ?? [], "  "),
    writeProperty(property, nameOf),
  ]);
  return [...about, `export interface ${nameOf(node)}${base} {`, ...lines, "}"].join("\n");
}

function writeProperty(
  { name, optional, before, node, after }: TypeProperty,
  nameOf: (node: TypeNode) => string,
): string {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
  const type = `${before}${node === undefined ? "" : nameOf(node)}${after}`;
  return `  readonly ${key}${optional ? "?" : ""}: ${type};`;
}
