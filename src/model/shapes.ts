import { domainTable } from "./domain.generated.ts";
import { networkTable } from "./network.generated.ts";
import type { Table, TableScalar, TableShape } from "./table.ts";

/** The documents that have a model. */
export type ModelKind = "domain" | "network" | "networkport";

/** A child element of a shape. */
export interface ChildShape {
  /** The property in the model. */
  readonly property: string;
  readonly many: boolean;
  shape(): Shape;
}

/** A table's shape, ready for look-ups by names from a document: maps know no `__proto__`. */
export interface Shape {
  readonly attributes: ReadonlyMap<string, TableScalar>;
  readonly elements: ReadonlyMap<string, ChildShape>;
  /** What the element's text is. */
  readonly text?: TableScalar;
  readonly textOptional: boolean;
  /** The properties that are lists whatever the document holds. */
  readonly lists: readonly string[];
  /** Whether the element is nothing but its text. */
  readonly bare: boolean;
  /** Whether elements that the schema does not know are kept, as `children`. */
  readonly foreign: boolean;
}

/** A document's shapes and the namespaces that they know. */
export interface Model {
  readonly root: Shape;
  /** Prefixes by namespace URI. */
  readonly prefixes: ReadonlyMap<string, string>;
}

const TABLES: Readonly<Record<ModelKind, string>> = {
  domain: domainTable,
  network: networkTable,
  networkport: networkTable,
};

const models = new Map<ModelKind, Model>();

/** The model of a kind of documents. Tables are read, and shapes made, when a document first needs them. */
export function modelOf(kind: ModelKind): Model {
  const known = models.get(kind);
  if (known !== undefined) return known;
  const table: Table = JSON.parse(TABLES[kind]);
  const shapes = new Map<number, Shape>();
  const shapeAt = (index: number): Shape => {
    const shape = shapes.get(index) ?? prepare(table, table.shapes[index] ?? {}, shapeAt);
    shapes.set(index, shape);
    return shape;
  };
  const model = { root: shapeAt(table.roots[kind] ?? 0), prefixes: new Map(Object.entries(table.namespaces)) };
  models.set(kind, model);
  return model;
}

function prepare(table: Table, shape: TableShape, shapeAt: (index: number) => Shape): Shape {
  const scalarAt = (index: number): TableScalar => table.scalars[index] ?? {};
  const attributes = Object.entries(shape.attributes ?? {});
  const renamed = new Map(Object.entries(shape.renamed ?? {}));
  const elements = Object.entries(shape.elements ?? {}).map(([name, child]): [string, ChildShape] => {
    const [index, many] = typeof child === "number" ? [child, false] : [child[0], true];
    return [name, { property: renamed.get(name) ?? name, many, shape: () => shapeAt(index) }];
  });
  const foreign = shape.foreign === true;
  const lists = elements.flatMap(([, { property, many }]) => (many ? [property] : []));
  return {
    attributes: new Map(attributes.map(([name, index]) => [name, scalarAt(index)])),
    elements: new Map(elements),
    lists: foreign ? [...lists, "children"] : lists,
    ...(shape.text === undefined ? {} : { text: scalarAt(shape.text) }),
    textOptional: shape.textOptional === true,
    bare: shape.text !== undefined && attributes.length === 0 && elements.length === 0 && !foreign,
    foreign,
  };
}
