import fc from "fast-check";
import { mostly, oneOf, some } from "./choices.ts";
import { comment } from "./contents.ts";
import { root } from "./elements.ts";
import { DECLARATIONS, ODD_DECLARATIONS, REFUSED_MARKUP } from "./traps.ts";

/** Elements inside elements, near the limits of 256 levels (libxml2's own) and 512 (virt-warden's). */
const deep = fc
  .tuple(fc.oneof(fc.integer({ min: 250, max: 260 }), fc.integer({ min: 506, max: 516 })), root)
  .map(([levels, inner]) => "<a>".repeat(levels) + inner + "</a>".repeat(levels));

/** Names near the limit of 50,000 bytes, with a prefix or none. */
const long = fc
  .tuple(fc.integer({ min: 49_998, max: 50_002 }), oneOf(["", "p:"]), oneOf(["x", "é"]))
  .map(([bytes, prefix, letter]) => prefix + letter.repeat(Math.floor(bytes / Buffer.byteLength(letter))))
  .chain((name) =>
    oneOf([
      `<${name} xmlns:p='urn:p'/>`,
      `<a xmlns:p='urn:p' ${name}=''/>`,
      `<a xmlns:${name.replace(":", "")}='urn:p'/>`,
    ]),
  );

const misc = some(mostly(98, fc.oneof(oneOf([" ", "\n", "\r\n", "\t"]), comment), oneOf(REFUSED_MARKUP)), 2);

const text = fc
  .tuple(
    mostly(95, fc.constant(""), fc.constant("\uFEFF")),
    mostly(75, fc.constant(""), mostly(85, oneOf(DECLARATIONS), oneOf(ODD_DECLARATIONS))),
    misc,
    mostly(97, root, deep, long),
    misc,
  )
  .map((parts) => parts.join(""));

type Encode = (document: string) => Buffer;

const inUtf8: Encode = (document) => Buffer.from(document);
const inOthers: readonly Encode[] = ["", "\uFEFF"].flatMap((mark) => [
  (document) => Buffer.from(mark + document, "latin1"),
  (document) => Buffer.from(mark + document, "utf16le"),
  (document) => Buffer.from(mark + document, "utf16le").swap16(),
  (document) => Buffer.from(Uint32Array.from(mark + document, (character) => character.codePointAt(0) ?? 0).buffer),
]);

/** Small documents full of traps, most of which are well-formed; the bytes of few are not UTF-8. */
export const documents: fc.Arbitrary<Buffer> = fc
  .tuple(text, mostly(98, fc.constant(inUtf8), oneOf(inOthers)))
  .map(([document, encode]) => encode(document));
