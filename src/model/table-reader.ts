import type { TableScalar, TableShape } from "./table.ts";

/** Reads the parts of a table that are asked for, each once. */
export class TableReader {
  readonly #scalarTexts: readonly string[];
  readonly #shapeTexts: readonly string[];
  readonly #scalars: TableScalar[] = [];

  /**
   * @param scalars A JSON text a line.
   * @param shapes The same.
   */
  constructor(scalars: string, shapes: string) {
    this.#scalarTexts = scalars.split("\n");
    this.#shapeTexts = shapes.split("\n");
  }

  scalarAt(index: number): TableScalar {
    let scalar = this.#scalars[index];
    if (scalar === undefined) {
      scalar = read<TableScalar>(this.#scalarTexts[index], `scalar ${index}`);
      this.#scalars[index] = scalar;
    }
    return scalar;
  }

  shapeAt(index: number): TableShape {
    return read<TableShape>(this.#shapeTexts[index], `shape ${index}`);
  }
}

/** A part of a table, which a damaged one may lack. */
function read<T>(text: string | undefined, what: string): T {
  if (text === undefined) throw new Error(`Cannot read the model's table: it has no ${what}`);
  return JSON.parse(text);
}
