import { createHash } from "node:crypto";
import { describeShapes } from "./description/describe-shapes.ts";
import type { DescribedDocuments, Description } from "./description/description.ts";
import { readGrammar } from "./rng/read-grammar.ts";
import { buildShapes } from "./shape/build-shapes.ts";
import { createPrefixes } from "./shape/prefixes.ts";
import type { Shape } from "./shape/shape.ts";
import { simplifyChoices } from "./shape/simplify.ts";

/**
 * Describes the documents of RELAX NG schemas. The same schemas give the same description.
 *
 * @param schemas The schema files of each group of documents, by the group's name.
 * @param read A schema file's text, by name.
 * @param version libvirt's version.
 * @throws Error when a schema cannot be read, or its names clash.
 */
export function describe(
  schemas: Readonly<Record<string, readonly string[]>>,
  read: (file: string) => string,
  version?: string,
): Description {
  const digests = new Map<string, string>();
  const readNoting = (file: string): string => {
    const text = read(file);
    digests.set(file, createHash("sha256").update(text).digest("hex"));
    return text;
  };
  const documents = Object.entries(schemas).map(([name, files]): [string, DescribedDocuments] => [
    name,
    describeDocuments(files, readNoting),
  ]);
  return {
    ...(version !== undefined && { libvirt: version }),
    schemas: Object.fromEntries([...digests].sort()),
    documents: Object.fromEntries(documents),
  };
}

function describeDocuments(files: readonly string[], read: (file: string) => string): DescribedDocuments {
  const namespaces = new Map<string, string>();
  const roots = files.map((file): Shape => {
    const grammar = readGrammar(file, read);
    return buildShapes(grammar.start, createPrefixes(grammar.prefixes, namespaces));
  });
  simplifyChoices(roots);
  return describeShapes(roots, namespaces);
}
