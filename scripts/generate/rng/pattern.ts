/** A name and the URI of its namespace, `""` for none. */
export interface QualifiedName {
  readonly local: string;
  readonly namespace: string;
}

/** Which names an element or attribute pattern takes. */
export interface NameClass {
  readonly names: readonly QualifiedName[];
  /** Whether names beyond the listed ones are taken too: `anyName`, `nsName`. */
  readonly open: boolean;
}

export interface ElementPattern {
  readonly kind: "element";
  readonly names: NameClass;
  readonly content: Pattern;
  /** The `define` that the element stands in. */
  readonly define: string;
}

/**
 * A RELAX NG pattern in fewer kinds: `optional` is a choice with `empty`, `mixed` an interleave with `text`.
 * @see https://relaxng.org/spec-20011203.html section 4
 */
export type Pattern =
  | { readonly kind: "empty" | "notAllowed" | "text" | "list" }
  | { readonly kind: "data"; readonly type: string; readonly params: readonly (readonly [string, string])[] }
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "choice" | "group" | "interleave"; readonly parts: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly part: Pattern; readonly min: 0 | 1 }
  | { readonly kind: "ref"; readonly resolve: () => Pattern }
  | { readonly kind: "attribute"; readonly names: NameClass; readonly content: Pattern }
  | ElementPattern;

/** A schema read whole: where documents start. */
export interface Grammar {
  readonly start: Pattern;
  /** Prefixes that the schema's files declare, by namespace URI. */
  readonly prefixes: ReadonlyMap<string, string>;
}
