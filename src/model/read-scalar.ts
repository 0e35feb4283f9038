import type { TableScalar } from "./table.ts";

/** A whole number as libvirt writes it: no sign but a minus, no leading zeros, no spaces. */
const CANONICAL = /^(?:0|-?[1-9][0-9]*)$/;

const DIGITS = /^-?[0-9]+$/;

/** Digits, the first of several a zero. */
const LEADING_ZERO = /^0[0-9]+$/;

/** What the C library's `strtol`, which libvirt reads numbers with, would begin to read as a number. */
const NUMBER_LIKE = /^\s*[-+]?[0-9]/;

/**
 * The value of an attribute or of an element's text.
 *
 * A number is a number, text only where it would not be exact and the schema allows for that; where the schema allows
 * other text too, such as an address in hexadecimal, that is the text, and so are digits that begin with a zero, which
 * are octal to some of libvirt's code and decimal to some, and a word that the schema does not know, because the
 * document may come from a newer libvirt. All else is text as it stands in the document, its spaces included: libvirt
 * compares it that way.
 *
 * @returns `undefined` for text that should be a number and is not one in canonical form.
 */
export function readScalar(scalar: TableScalar, text: string): string | number | undefined {
  if (scalar.numbers === undefined) return text;
  const number = CANONICAL.test(text) ? Number(text) : undefined;
  const alone = isAlone(scalar);
  if (number !== undefined && (alone || inRange(scalar, number) || !allowsText(scalar, text))) {
    if (Number.isSafeInteger(number)) return number;
    return scalar.wide === true ? text : undefined;
  }
  const asText = alone ? false : !NUMBER_LIKE.test(text) || (scalar.patterns !== undefined && LEADING_ZERO.test(text));
  return asText || allowsText(scalar, text) ? text : undefined;
}

/** Whether the schema knows a text that a value was read from: a newer libvirt may have more. */
export function isKnown(scalar: TableScalar, text: string): boolean {
  if (scalar.numbers === undefined) return scalar.literals === undefined || scalar.literals.includes(text);
  return DIGITS.test(text) || allowsText(scalar, text);
}

function isAlone({ text, literals, patterns }: TableScalar): boolean {
  return text === undefined && literals === undefined && patterns === undefined;
}

function inRange({ numbers = [] }: TableScalar, number: number): boolean {
  return numbers.some(([min, max]) => (min === null || number >= min) && (max === null || number <= max));
}

function allowsText({ text, literals = [], patterns = [] }: TableScalar, value: string): boolean {
  return text === true || literals.includes(value) || patterns.some((pattern) => whole(pattern).test(value));
}

const compiled = new Map<string, RegExp>();

function whole(pattern: string): RegExp {
  const known = compiled.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  compiled.set(pattern, known);
  return known;
}
