import fc from "fast-check";
import { mostly, oneOf, some } from "./choices.ts";
import { BROKEN_REFERENCES, CODE_POINTS, TEXTS } from "./traps.ts";

/** A character reference, decimal or not, with zeros or not; most are to characters that XML allows. */
const reference = fc
  .record({
    codePoint: mostly(96, fc.integer({ min: 0x20, max: 0xd7ff }), oneOf(CODE_POINTS), fc.nat(0x110000)),
    isHex: fc.boolean(),
    isUpper: fc.boolean(),
    zeros: mostly(90, fc.constant(0), fc.nat(40)),
  })
  .map(({ codePoint, isHex, isUpper, zeros }) => {
    const digits = codePoint.toString(isHex ? 16 : 10);
    return `&#${isHex ? "x" : ""}${"0".repeat(zeros)}${isUpper ? digits.toUpperCase() : digits};`;
  });

/** One of any characters that UTF-8 can write, many of which XML forbids. */
const anything = fc.string({ unit: "binary", minLength: 1, maxLength: 3 });

/** A text longer than a reader's buffers. */
const long = fc
  .tuple(oneOf(TEXTS), oneOf([300, 1000, 4096]), oneOf(TEXTS))
  .map(([start, count, piece]) => start + piece.repeat(count));

/** Text for an element, an attribute's value, CDATA or a comment; what may not stand there is taken out by `without`. */
export const text = some(
  mostly(99, fc.oneof({ arbitrary: oneOf(TEXTS), weight: 4 }, reference), oneOf(BROKEN_REFERENCES), anything, long),
  5,
);

/** Takes the ends of markup out of a text, most of the time, so that it stays inside. */
export function without(ends: readonly string[], inner: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(inner, mostly(99, fc.constant(false), fc.constant(true)))
    .map(([content, isTrap]) => (isTrap ? content : ends.reduce((rest, end) => rest.replaceAll(end, ""), content)));
}

export const comment = without(["-"], text).map((content) => `<!--${content}-->`);
export const cdata = without(["]]"], text).map((content) => `<![CDATA[${content}]]>`);
export const characters = without(["]]", "<"], text);
