/** What of one policy's code ran: begins and ends of parts, in UTF-16 units, in order and apart from each other. */
export type RanParts = readonly number[];

/** What ran in one process, by the policy's name. */
export type RawCoverage = Readonly<Record<string, RanParts>>;

/** What a process tells of what ran in it. */
export interface ProcessCoverage {
  readonly ran: RawCoverage;
  /** Whether a policy had the counting end early: it could not be stopped, or took the memory. */
  readonly isCutShort: boolean;
}

/** A part of a script and how often it ran, as V8 tells. */
export interface CountedRange {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/** A function's ranges: its own first, then those inside it that ran another number of times. */
export interface CountedFunction {
  readonly ranges: readonly CountedRange[];
}

/** Which units of one policy's code ever ran. */
export class RanUnits {
  readonly #ran: Uint8Array;

  /** @param length of the code, in UTF-16 units. */
  constructor(length: number) {
    this.#ran = new Uint8Array(length);
  }

  /** Notes parts that ran. */
  add(parts: RanParts): void {
    for (let index = 0; index + 1 < parts.length; index += 2) this.#ran.fill(1, parts[index], parts[index + 1]);
  }

  /**
   * Notes what V8 counted since it was last asked.
   *
   * @param functions an outer one before those inside it.
   * @param head How many units stand before the policy's code in the script.
   */
  count(functions: readonly CountedFunction[], head: number): void {
    const now = new Uint8Array(this.#ran.length);
    for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
      now.fill(count > 0 ? 1 : 0, Math.max(0, startOffset - head), Math.max(0, endOffset - head));
    }
    for (const [unit, ran] of now.entries()) if (ran === 1) this.#ran[unit] = 1;
  }

  has(unit: number): boolean {
    return this.#ran[unit] === 1;
  }

  get parts(): RanParts {
    const parts: number[] = [];
    for (let unit = this.#ran.indexOf(1); unit >= 0; unit = this.#ran.indexOf(1, unit)) {
      const end = this.#ran.indexOf(0, unit);
      parts.push(unit, end < 0 ? this.#ran.length : end);
      if (end < 0) break;
      unit = end;
    }
    return parts;
  }
}
