/**
 * libvirt's documents, normalised: all that is generated comes from this, and this comes from libvirt's schemas. It is
 * kept in `libvirt.generated.json`, a shape a line, so that two versions of libvirt can be compared.
 */
export interface Description {
  /** libvirt's version, where it was given. */
  readonly libvirt?: string;
  /** SHA-256 of each schema file that was read. */
  readonly schemas: Readonly<Record<string, string>>;
  /** By the name of the files that are generated: `domain`, `network`. */
  readonly documents: Readonly<Record<string, DescribedDocuments>>;
}

/** Documents that share shapes. */
export interface DescribedDocuments {
  /** Prefixes by namespace URI. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** The shape of each root element, an index into `shapes`. */
  readonly roots: Readonly<Record<string, number>>;
  readonly shapes: readonly DescribedShape[];
}

/** What an element holds, whichever of its definitions a document follows. */
export interface DescribedShape {
  /** The element's name, with its namespace's prefix. */
  readonly name: string;
  /** The definitions in the schemas that it stands in. */
  readonly defines: readonly string[];
  readonly attributes?: Readonly<Record<string, DescribedValue>>;
  readonly elements?: Readonly<Record<string, DescribedChild>>;
  readonly text?: DescribedValue;
  /** Whether only other cases of the element have text. */
  readonly textless?: true;
  /** Whether elements of any name may be children. */
  readonly foreign?: true;
  /** The attribute that decides what else there is, and the shape that goes with its values; `null`: it is absent. */
  readonly choice?: { readonly by: string; readonly cases: readonly DescribedCase[] };
}

export interface DescribedCase {
  readonly values: readonly (string | null)[];
  readonly shape: number;
}

export interface DescribedChild {
  readonly shape: number;
  readonly required?: true;
  readonly many?: true;
  /** The property in the model, where it is not the element's name. */
  readonly property?: string;
}

/** The texts that a value may be: any of these. */
export interface DescribedValue {
  readonly required?: true;
  readonly literals?: readonly string[];
  readonly patterns?: readonly string[];
  /** Ranges of whole numbers, both ends included, in digits; `null` where there is no end. */
  readonly numbers?: readonly (readonly [string | null, string | null])[];
  /** Any text. */
  readonly text?: true;
}
