import { readGrammar } from "./rng/read-grammar.ts";
import { classify, reachable } from "./shape/classes.ts";
import { createPrefixes } from "./shape/prefixes.ts";
import { buildShapes, type Shape } from "./shape/shape.ts";
import { writeHeader } from "./write/header.ts";
import { nameShapes } from "./write/names.ts";
import { createTable } from "./write/table.ts";
import { writeTableModule } from "./write/table-module.ts";
import { hasInterface, writeInterface } from "./write/typings.ts";

/** What one pair of generated files describes. */
export interface Subject {
  /** What the names of all types start with. */
  readonly base: string;
  /** The schemas, and what the type of each one's root element is called. */
  readonly schemas: readonly { readonly file: string; readonly type: string }[];
  /** The export that holds the table. */
  readonly table: string;
}

/** The text of the generated files. */
export interface Generated {
  readonly typings: string;
  readonly table: string;
}

/**
 * Makes typings and a table from RELAX NG schemas. The same schemas give the same text.
 *
 * @param read A schema file's text, by name.
 * @param version libvirt's version, for the header.
 * @throws Error when a schema cannot be read, or its names clash.
 */
export function generate(subject: Subject, read: (file: string) => string, version?: string): Generated {
  const files = new Map<string, string>();
  const namespaces = new Map<string, string>();
  const roots = new Map<Shape, string>();
  for (const { file, type } of subject.schemas) {
    const grammar = readGrammar(file, read);
    const prefixes = createPrefixes(grammar.prefixes);
    roots.set(buildShapes(grammar.start, prefixes.prefixOf), type);
    for (const [uri, prefix] of prefixes.used) namespaces.set(uri, prefix);
    for (const [name, text] of grammar.files) files.set(name, text);
  }
  const header = writeHeader(files, version);
  const table = createTable(new Map([...roots.keys()].map((shape) => [shape.name, shape])), namespaces);
  return {
    typings: `${header}\n${writeTypings(roots, subject.base)}`,
    table: writeTableModule(table, header, subject.table),
  };
}

function writeTypings(roots: ReadonlyMap<Shape, string>, base: string): string {
  const shapes = reachable([...roots.keys()]);
  const classes = classify(shapes, (shape) => JSON.stringify([shape.name, writeInterface(shape, () => "")]));
  const first = new Map<number | undefined, Shape>();
  for (const shape of shapes) if (!first.has(classes.get(shape))) first.set(classes.get(shape), shape);
  const same = (shape: Shape): Shape => first.get(classes.get(shape)) ?? shape;
  const typed = [...first.values()].filter(hasInterface);
  const childrenOf = (shape: Shape) => [...shape.elements.values()].map((use) => same(use.shape)).filter(hasInterface);
  const names = nameShapes(roots, typed, childrenOf, base);
  const nameOf = (shape: Shape): string => names.get(same(shape)) ?? "";
  const interfaces = typed.map((shape) => writeInterface(shape, nameOf)).join("\n\n");
  const foreign = typed.some((shape) => shape.foreign);
  return `${foreign ? 'import type { XmlElement } from "./xml.js";\n\n' : ""}${interfaces}\n`;
}
