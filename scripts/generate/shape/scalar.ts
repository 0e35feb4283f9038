import type { Pattern } from "../rng/pattern.ts";

/** A range of whole numbers, both ends included; without an end it is unbounded. */
export interface NumberRange {
  readonly min?: bigint;
  readonly max?: bigint;
}

/** The texts that an attribute or an element's text may be: any of these. */
export interface Scalar {
  /** Enumerated, in the schema's order. */
  readonly literals: readonly string[];
  /** Regular expressions that a whole text matches. */
  readonly patterns: readonly string[];
  readonly numbers: readonly NumberRange[];
  /** Whether any text may be. */
  readonly text: boolean;
}

const NONE: Scalar = { literals: [], patterns: [], numbers: [], text: false };

/** Any text. */
export const ANY_TEXT: Scalar = { ...NONE, text: true };

/**
 * XML Schema's whole numbers.
 * @see https://www.w3.org/TR/xmlschema-2/#built-in-derived
 */
const WHOLE_NUMBERS: Readonly<Record<string, NumberRange>> = {
  byte: { min: -(2n ** 7n), max: 2n ** 7n - 1n },
  short: { min: -(2n ** 15n), max: 2n ** 15n - 1n },
  int: { min: -(2n ** 31n), max: 2n ** 31n - 1n },
  long: { min: -(2n ** 63n), max: 2n ** 63n - 1n },
  unsignedByte: { min: 0n, max: 2n ** 8n - 1n },
  unsignedShort: { min: 0n, max: 2n ** 16n - 1n },
  unsignedInt: { min: 0n, max: 2n ** 32n - 1n },
  unsignedLong: { min: 0n, max: 2n ** 64n - 1n },
  integer: {},
  nonNegativeInteger: { min: 0n },
  positiveInteger: { min: 1n },
  nonPositiveInteger: { max: 0n },
  negativeInteger: { max: -1n },
};

/** What a `data` pattern takes. */
export function dataScalar(pattern: Extract<Pattern, { kind: "data" }>): Scalar {
  const patterns = pattern.params.filter(([name]) => name === "pattern").map(([, value]) => value);
  const base = Object.hasOwn(WHOLE_NUMBERS, pattern.type) ? WHOLE_NUMBERS[pattern.type] : undefined;
  if (base !== undefined && patterns.every(isDecimal)) return { ...NONE, numbers: [narrow(base, pattern.params)] };
  if (patterns.length === 0) return ANY_TEXT;
  const literals = patterns.length === 1 ? alternatives(patterns[0] ?? "") : undefined;
  return literals === undefined ? { ...NONE, patterns } : { ...NONE, literals };
}

/** What a `value` pattern takes. */
export function literalScalar(value: string): Scalar {
  return { ...NONE, literals: [value] };
}

/** What either takes. */
export function unite(a: Scalar, b: Scalar): Scalar {
  return {
    literals: [...new Set([...a.literals, ...b.literals])],
    patterns: [...new Set([...a.patterns, ...b.patterns])],
    numbers: uniqueRanges([...a.numbers, ...b.numbers]),
    text: a.text || b.text,
  };
}

// A number whose pattern has no 8 and 9 is octal: a file mode, not an amount.
function isDecimal(pattern: string): boolean {
  const whole = new RegExp(`^(?:${pattern})$`);
  return ["8", "9", "18", "1998"].some((sample) => whole.test(sample));
}

// libvirt writes some enumerations as a pattern: `(tcp)|(udp)`.
function alternatives(pattern: string): string[] | undefined {
  const inner = /^\(([\w|-]+)\)$/.exec(pattern)?.[1] ?? pattern;
  const words = inner.split("|").map((word) => /^(?:\(([\w-]+)\)|([\w-]+))$/.exec(word));
  const literals = words.flatMap((word) => word?.[1] ?? word?.[2] ?? []);
  return literals.length === words.length ? literals : undefined;
}

function narrow(base: NumberRange, params: readonly (readonly [string, string])[]): NumberRange {
  let { min, max } = base;
  for (const [name, value] of params) {
    if (name === "minInclusive") min = BigInt(value);
    if (name === "maxInclusive") max = BigInt(value);
    if (name === "minExclusive") min = BigInt(value) + 1n;
    if (name === "maxExclusive") max = BigInt(value) - 1n;
  }
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function uniqueRanges(ranges: readonly NumberRange[]): NumberRange[] {
  const contains = (a: NumberRange, b: NumberRange) =>
    (a.min === undefined || (b.min !== undefined && a.min <= b.min)) &&
    (a.max === undefined || (b.max !== undefined && a.max >= b.max));
  return ranges.filter((range, index) =>
    ranges.every((other, at) => at === index || !contains(other, range) || (contains(range, other) && at > index)),
  );
}
