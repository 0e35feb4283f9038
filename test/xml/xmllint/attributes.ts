import fc from "fast-check";
import { mostly, oneOf } from "./choices.ts";
import { text, without } from "./contents.ts";
import { NAMES, ODD_URIS, PREFIXES, RESERVED_URIS, URIS } from "./traps.ts";

/** White space where markup may have some. */
export const space = mostly(85, fc.constant(""), oneOf([" ", "\n", "\t\r\n"]));

const gap = mostly(99.5, mostly(80, fc.constant(" "), oneOf(["\n", "\t", "\r\n "])), fc.constant(""));

const bareName = mostly(
  99.7,
  mostly(40, oneOf(["a", "b", "disk"]), oneOf(NAMES)),
  fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
);

const prefix = mostly(98, oneOf(["p", "q", "xml"]), oneOf(PREFIXES), fc.constant("xmlns"));

/** A name as it stands in a tag. */
export const name = mostly(
  60,
  bareName,
  fc.tuple(prefix, bareName).map((parts) => parts.join(":")),
);

const uri = mostly(93, oneOf(URIS), oneOf(ODD_URIS));

/** The declarations of a root element: of the two prefixes that the others use most. */
export const rootDeclarations = fc
  .tuple(mostly(97, uri, fc.constant("")), mostly(97, uri, fc.constant("")))
  .map(([p, q]) => `${p === "" ? "" : ` xmlns:p="${p}"`}${q === "" ? "" : ` xmlns:q='${q}'`}`);

const declaration = fc
  .tuple(
    mostly(
      95,
      oneOf(["xmlns", "xmlns:p", "xmlns:q"]),
      oneOf(PREFIXES.map((each) => `xmlns:${each}`)),
      oneOf(["xmlns:xml", "xmlns:xmlns", "xmlns:"]),
    ),
    mostly(97, uri, oneOf(RESERVED_URIS)),
    oneOf(["'", '"']),
  )
  .map(([key, value, quote]) => ` ${key}=${quote}${value}${quote}`);

/** No declaration, or one. */
export const declarations = mostly(80, fc.constant(""), declaration);

const quoted = fc
  .tuple(oneOf(["'", '"']), without(["<"], text))
  .map(([quote, value]) => quote + value.replaceAll(quote, "") + quote);

const attribute = fc.record({ gap, name, left: space, right: space, quoted });

/** Up to three attributes, each with the white space before it; seldom two of one name. */
export const attributes = mostly(
  97,
  fc.uniqueArray(attribute, { maxLength: 3, size: "max", selector: (each) => each.name }),
  fc.array(attribute, { maxLength: 3, size: "max" }),
).map((all) => all.map((each) => `${each.gap}${each.name}${each.left}=${each.right}${each.quoted}`).join(""));
