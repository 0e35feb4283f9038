import type { XmlElement } from "../../typings/xml.d.ts";
import { domainTable } from "./domain.generated.ts";
import { networkTable } from "./network.generated.ts";
import { keyOf } from "./property-key.ts";
import type { TableScalar, TableShape, TableText } from "./table.ts";
import { TableReader } from "./table-reader.ts";

/** The documents that have a model. */
export type ModelKind = "domain" | "network" | "networkport";

/** A table's shape, ready for look-ups by names from a document: maps know no `__proto__`. */
export interface Shape {
  /** Which scalar each attribute is. */
  readonly attributes: ReadonlyMap<string, number>;
  /** Which shape each child element has, in a list where it can repeat. */
  readonly elements: ReadonlyMap<string, number | readonly [number]>;
  /** The property of child elements where it is not their name. */
  readonly renamed: TableShape["renamed"];
  /** What the element's text is. */
  readonly text: TableScalar | undefined;
  readonly textOptional: boolean;
  /** Whether only other cases of the element have text: its value is empty. */
  readonly textless: boolean;
  /** The properties that are lists whatever the document holds. */
  readonly lists: readonly string[];
  /** Whether the element is nothing but its text. */
  readonly bare: boolean;
  /** Whether elements that the schema does not know are kept, as `children`. */
  readonly foreign: boolean;
  /** The attribute that decides which shape the element has; this one holds what any of them does. */
  readonly by: string | undefined;
  readonly cases: ReadonlyMap<string, number>;
  readonly absent: number | undefined;
}

const NOTHING = new Map<string, never>();

const TABLES: Readonly<Record<ModelKind, TableText>> = {
  domain: domainTable,
  network: networkTable,
  networkport: networkTable,
};

/** A document's shapes and the namespaces that they know. */
export class Model {
  readonly root: Shape;
  /** Prefixes by namespace URI. */
  readonly prefixes: ReadonlyMap<string, string>;
  readonly #table: TableReader;
  readonly #shapes: Shape[] = [];

  constructor(kind: ModelKind) {
    const { namespaces, roots, scalars, shapes } = TABLES[kind];
    this.#table = new TableReader(scalars, shapes);
    this.prefixes = new Map(Object.entries(namespaces));
    this.root = this.shapeAt(roots[kind] ?? -1);
  }

  shapeAt(index: number): Shape {
    let shape = this.#shapes[index];
    if (shape === undefined) {
      shape = prepare(this.#table, this.#table.shapeAt(index));
      this.#shapes[index] = shape;
    }
    return shape;
  }

  scalarAt(index: number): TableScalar {
    return this.#table.scalarAt(index);
  }

  /** The shape that an element has by its deciding attribute; the whole one for a value that the schema does not know. */
  caseOf(whole: Shape, element: XmlElement): Shape {
    if (whole.by === undefined) return whole;
    let index = whole.absent;
    for (const attribute of element.attributes) {
      if (keyOf(attribute, this.prefixes) !== whole.by) continue;
      index = whole.cases.get(attribute.value);
      break;
    }
    return index === undefined ? whole : this.shapeAt(index);
  }
}

const models = new Map<ModelKind, Model>();

/** The model of a kind of documents. Shapes are read when a document first needs them. */
export function modelOf(kind: ModelKind): Model {
  const known = models.get(kind);
  if (known !== undefined) return known;
  const model = new Model(kind);
  models.set(kind, model);
  return model;
}

function prepare(table: TableReader, shape: TableShape): Shape {
  const { attributes, elements, renamed, text, lists = [], by, cases, absent } = shape;
  const foreign = shape.foreign === true;
  return {
    attributes: mapOf(attributes),
    elements: mapOf(elements),
    renamed,
    text: text === undefined ? undefined : table.scalarAt(text),
    textOptional: shape.textOptional === true,
    textless: shape.textless === true,
    lists,
    bare: text !== undefined && attributes === undefined && elements === undefined && !foreign,
    foreign,
    by,
    cases: mapOf(cases),
    absent,
  };
}

function mapOf<T>(record: Readonly<Record<string, T>> | undefined): ReadonlyMap<string, T> {
  return record === undefined ? NOTHING : new Map(Object.entries(record));
}
