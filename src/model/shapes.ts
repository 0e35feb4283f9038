import type { XmlElement } from "../../typings/xml.d.ts";
import { domainTable } from "./domain.generated.ts";
import { networkTable } from "./network.generated.ts";
import { keyOf } from "./property-key.ts";
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
  /** Whether only other cases of the element have text: its value is empty. */
  readonly textless: boolean;
  /** The properties that are lists whatever the document holds. */
  readonly lists: readonly string[];
  /** Whether the element is nothing but its text. */
  readonly bare: boolean;
  /** Whether elements that the schema does not know are kept, as `children`. */
  readonly foreign: boolean;
  /** The attribute that decides which shape the element has; this one holds what any of them does. */
  readonly choice?: {
    readonly by: string;
    readonly cases: ReadonlyMap<string, number>;
    readonly absent: number | undefined;
    shapeAt(index: number): Shape;
  };
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
    const shape = shapes.get(index) ?? prepare(table, found(table.shapes[index], `shape ${index}`), shapeAt);
    shapes.set(index, shape);
    return shape;
  };
  const model = { root: shapeAt(found(table.roots[kind], kind)), prefixes: new Map(Object.entries(table.namespaces)) };
  models.set(kind, model);
  return model;
}

/** A part of a table, which a damaged one may lack. */
function found<T>(part: T | undefined, what: string): T {
  if (part === undefined) throw new Error(`Cannot read the model's table: it has no ${what}`);
  return part;
}

/** The shape that an element has by its deciding attribute; the whole shape for a value that the schema does not know. */
export function caseOf(whole: Shape, element: XmlElement, prefixes: Model["prefixes"]): Shape {
  if (whole.choice === undefined) return whole;
  const { by, cases, absent, shapeAt } = whole.choice;
  const attribute = element.attributes.find((each) => keyOf(each, prefixes) === by);
  const index = attribute === undefined ? absent : cases.get(attribute.value);
  return index === undefined ? whole : shapeAt(index);
}

function prepare(table: Table, shape: TableShape, shapeAt: (index: number) => Shape): Shape {
  const scalarAt = (index: number): TableScalar => found(table.scalars[index], `scalar ${index}`);
  const attributes = Object.entries(shape.attributes ?? {});
  const renamed = new Map(Object.entries(shape.renamed ?? {}));
  const elements = Object.entries(shape.elements ?? {}).map(([name, child]): [string, ChildShape] => {
    const [index, many] = typeof child === "number" ? [child, false] : [child[0], true];
    return [name, { property: renamed.get(name) ?? name, many, shape: () => shapeAt(index) }];
  });
  const foreign = shape.foreign === true;
  const { by, cases = {}, absent } = shape;
  const lists = elements.flatMap(([, { property, many }]) => (many ? [property] : []));
  return {
    attributes: new Map(attributes.map(([name, index]) => [name, scalarAt(index)])),
    elements: new Map(elements),
    lists: foreign ? [...lists, "children"] : lists,
    ...(shape.text === undefined ? {} : { text: scalarAt(shape.text) }),
    textOptional: shape.textOptional === true,
    textless: shape.textless === true,
    bare: shape.text !== undefined && attributes.length === 0 && elements.length === 0 && !foreign,
    foreign,
    ...(by === undefined ? {} : { choice: { by, cases: new Map(Object.entries(cases)), absent, shapeAt } }),
  };
}
