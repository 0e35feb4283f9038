/** A place in a script and the place in a source that it was made of; all from 0, columns in UTF-16 units. */
export interface Mapping {
  readonly generatedLine: number;
  readonly generatedColumn: number;
  /** The source's place in the map's list. */
  readonly source: number;
  readonly line: number;
  readonly column: number;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * All mappings of a source map, in the script's order; Node's own `SourceMap` can only be asked for one place.
 *
 * @param mappings the map's member of that name.
 * @throws {Error} where it is not of the format.
 * @see https://tc39.es/ecma426/#sec-mappings
 */
export function decodeMappings(mappings: string): readonly Mapping[] {
  const decoded: Mapping[] = [];
  let source = 0;
  let line = 0;
  let column = 0;
  for (const [generatedLine, segments] of mappings.split(";").entries()) {
    let generatedColumn = 0;
    for (const segment of segments.split(",")) {
      const [columns, sources, lines, sourceColumns] = numbersOf(segment);
      generatedColumn += columns ?? 0;
      // a segment of one number says that what follows is nobody's
      if (sources === undefined) continue;
      source += sources;
      line += lines ?? 0;
      column += sourceColumns ?? 0;
      decoded.push({ generatedLine, generatedColumn, source, line, column });
    }
  }
  return decoded;
}

/** Numbers in base 64, five bits a digit, the lowest first; the last bit of all is the sign. */
function numbersOf(segment: string): readonly number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = DIGITS.indexOf(letter);
    if (digit < 0) throw new Error(`Cannot read the source map: ${JSON.stringify(letter)} is no digit of base 64`);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
