import type { Table } from "../../../src/model/table.ts";

/**
 * Writes a table as a module that exports it as a `TableText`: text costs nothing until it is needed.
 *
 * @param header The comment that the file starts with.
 * @param name The name of the export.
 */
export function writeTableModule({ namespaces, roots, scalars, shapes }: Table, header: string, name: string): string {
  return `${header}
import type { TableText } from "./table.ts";

export const ${name}: TableText = {
  namespaces: ${JSON.stringify(namespaces)},
  roots: ${JSON.stringify(roots)},
  scalars: ${lines(scalars)},
  shapes: ${lines(shapes)},
};
`;
}

/** A template literal of JSON texts. */
function lines(parts: readonly object[]): string {
  const text = parts.map((part) => JSON.stringify(part)).join("\n");
  return `\`${text.replace(/[\\`]|\$\{/g, (special) => `\\${special}`)}\``;
}
