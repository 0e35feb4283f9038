import type { DescribedDocuments, Description } from "./description/description.ts";
import { readShapes } from "./description/read-shapes.ts";
import type { MeaningLookup } from "./meanings/lookup.ts";
import type { Shape } from "./shape/shape.ts";
import { writeHeader } from "./write/header.ts";
import { createTable } from "./write/table.ts";
import { writeTableModule } from "./write/table-module.ts";
import { writeTypings } from "./write/typings.ts";

/** How the types of a group of documents are called. */
export interface Subject {
  /** What the names of all types start with. */
  readonly base: string;
  /** What the type of each root element is called. */
  readonly types: Readonly<Record<string, string>>;
}

/** The text of the generated files. */
export interface Generated {
  readonly typings: string;
  readonly table: string;
}

/**
 * Makes typings and tables from a description. The same description gives the same text.
 *
 * @param subjects By the name of the group of documents.
 * @param meanings What the parts of documents mean.
 * @throws Error when something cannot be named.
 */
export function generate(
  description: Description,
  subjects: Readonly<Record<string, Subject>>,
  meanings: MeaningLookup,
): Map<string, Generated> {
  const header = writeHeader(description);
  const generated = new Map<string, Generated>();
  for (const [name, { base, types }] of Object.entries(subjects)) {
    const documents = documentsOf(description, name);
    const shapes = readShapes(documents);
    const roots = new Map<Shape, string>([...shapes].map(([root, shape]) => [shape, types[root] ?? base]));
    const table = createTable(shapes, new Map(Object.entries(documents.namespaces)));
    generated.set(name, {
      typings: `${header}\n${writeTypings(roots, base, meanings)}`,
      table: writeTableModule(table, header, `${name}Table`),
    });
  }
  return generated;
}

function documentsOf({ documents }: Description, name: string): DescribedDocuments {
  const found = documents[name];
  if (found === undefined) throw new Error(`Cannot generate ${name}: the description has no such documents`);
  return found;
}
