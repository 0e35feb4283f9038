/** The texts that a value may be. Without `numbers` it is text. */
export interface TableScalar {
  /**
   * A whole number. Where it may be other text too, the ranges, both ends included, in which it is a number; `null`
   * where there is no end.
   */
  readonly numbers?: readonly (readonly [number | null, number | null])[];
  /** Whether numbers may be too large to be exact, and then stay text. */
  readonly wide?: true;
  /** Beside numbers, any text. */
  readonly text?: true;
  /** Beside numbers, these texts; without them, the only ones that the schema knows. */
  readonly literals?: readonly string[];
  /** Beside numbers, texts that match one of these whole. */
  readonly patterns?: readonly string[];
}

/** What an element is in the model. */
export interface TableShape {
  /** Attributes: which scalar each is. */
  readonly attributes?: Readonly<Record<string, number>>;
  /** Child elements by name, with their namespace's prefix: which shape each is, in a list where it can repeat. */
  readonly elements?: Readonly<Record<string, number | readonly [number]>>;
  /** The properties that are lists whatever the document holds. */
  readonly lists?: readonly string[];
  /** Child elements whose property is not their name, because an attribute has that. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Which scalar the element's text is. */
  readonly text?: number;
  /** Set where an element may lack its number. */
  readonly textOptional?: true;
  /** Whether only other cases of the element have text. */
  readonly textless?: true;
  /** Whether elements of any name may be children. */
  readonly foreign?: true;
  /** The attribute that decides which shape the element has; this one is for what that shape does not know. */
  readonly by?: string;
  /** Which shape goes with a value of that attribute. */
  readonly cases?: Readonly<Record<string, number>>;
  /** Which shape goes with its absence. */
  readonly absent?: number;
}

/** How documents become models, as `npm run generate` writes it from libvirt's schemas. */
export interface Table {
  /** Prefixes by namespace URI. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** The shapes of root elements, by name. */
  readonly roots: Readonly<Record<string, number>>;
  readonly scalars: readonly TableScalar[];
  readonly shapes: readonly TableShape[];
}

/** A table as generated files hold it: of its long parts a JSON text a line, so that each is read when it is needed. */
export interface TableText extends Pick<Table, "namespaces" | "roots"> {
  readonly scalars: string;
  readonly shapes: string;
}
