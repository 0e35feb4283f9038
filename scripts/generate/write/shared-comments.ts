import type { TypeNode } from "./type-node.ts";

/** How many different things a comment lists. */
const MAX_LISTED = 6;

/** What is said of types that are one: the elements that they describe, and what holds for each of these. */
export function sharedComment(group: readonly TypeNode[]): string[] {
  const [comment = "", ...others] = new Set(group.map((node) => node.comment));
  const elements = elementTags(group);
  if (others.length > 0) return [elements];
  return comment.includes("`<") ? [comment] : [elements, comment];
}

/** What is said of one property of types that are one: where that differs, for each element what holds there. */
export function sharedPropertyComment(group: readonly TypeNode[], index: number): readonly string[] {
  const meanings = Map.groupBy(group, ({ properties }) => properties[index]?.comment.meaning ?? "");
  const values = Map.groupBy(group, ({ properties }) => properties[index]?.comment.values ?? "");
  return [...perElement(meanings, ""), ...perElement(values, "Text whose form depends on the element.")];
}

function perElement(texts: ReadonlyMap<string, readonly TypeNode[]>, otherwise: string): string[] {
  if (texts.size === 1) return [...texts.keys()];
  if (texts.size > MAX_LISTED) return [otherwise];
  return [...texts].flatMap(([text, nodes]) => (text === "" ? [] : `${elementTags(nodes)}: ${text}`));
}

function elementTags(group: readonly TypeNode[]): string {
  return [...new Set(group.map(({ element }) => `\`<${element}>\``))].join(", ");
}
