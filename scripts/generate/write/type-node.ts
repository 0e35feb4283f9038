import type { PropertyComment } from "./properties.ts";

/** A type in the typings: an interface, or a union of interfaces that an attribute tells apart. */
export interface TypeNode {
  /** The name of the element that it describes. */
  readonly element: string;
  /** The definitions in the schemas that the element stands in. */
  readonly defines: readonly string[];
  /** What the type says about itself. */
  readonly comment: string;
  /** An interface's own properties. */
  readonly properties: readonly TypeProperty[];
  /** What an interface extends; a union's is what its members extend. */
  readonly base?: TypeNode;
  /** Whether this is only there to be extended. */
  readonly isBase: boolean;
  /** A union's members. */
  readonly cases: readonly TypeCase[];
}

export interface TypeProperty {
  readonly name: string;
  readonly optional: boolean;
  readonly comment: PropertyComment;
  /** The type is `before`, the name of `node`, `after`. */
  readonly before: string;
  readonly node?: TypeNode;
  readonly after: string;
}

interface TypeCase {
  /** What its name ends in. */
  readonly word: string;
  readonly node: TypeNode;
}

/** The types that a type's text names, in its order. */
export function typesIn({ properties, base, cases }: TypeNode): TypeNode[] {
  return [
    ...(base === undefined ? [] : [base]),
    ...cases.map(({ node }) => node),
    ...properties.flatMap(({ node }) => node ?? []),
  ];
}
