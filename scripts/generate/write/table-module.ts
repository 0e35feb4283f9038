import type { Table } from "../../../src/model/table.ts";

/**
 * Writes a table as a module that exports it as JSON text, a shape a line: text costs nothing until it is needed.
 *
 * @param header The comment that the file starts with.
 * @param name The name of the export.
 */
export function writeTableModule(table: Table, header: string, name: string): string {
  const { shapes, ...rest } = table;
  const head = JSON.stringify(rest).slice(0, -1);
  const json = `${head},"shapes":[\n${shapes.map((shape) => JSON.stringify(shape)).join(",\n")}\n]}`;
  const escaped = json.replace(/[\\`]|\$\{/g, (text) => `\\${text}`);
  return `${header}\nexport const ${name}: string = \`${escaped}\`;\n`;
}
