import type { MeaningLookup } from "../meanings/lookup.ts";
import type { TextUse } from "../shape/content.ts";
import type { Scalar } from "../shape/scalar.ts";
import { scalarType } from "../shape/scalar-type.ts";
import type { ElementProperty, Shape } from "../shape/shape.ts";
import { allowedValues } from "./allowed-values.ts";
import type { Path } from "./places.ts";

/** The type of an element without attributes, children and text. */
const EMPTY = "Readonly<Record<string, never>>";

/** What is said of a property. */
export interface PropertyComment {
  /** What it means; `""` where that is not written down. */
  readonly meaning: string;
  /** Which values it can have. */
  readonly values: string;
}

/** A property of an element's type; the type is `before`, the name of `shape`'s type, `after`. */
export interface ShapeProperty {
  readonly name: string;
  readonly optional: boolean;
  readonly comment: PropertyComment;
  readonly before: string;
  readonly shape?: Shape;
  readonly after: string;
}

/** Whether a shape is described by a type with a name; else it is its text, or holds nothing. */
function hasType(shape: Shape): boolean {
  return shape.attributes.size > 0 || shape.elements.size > 0 || shape.foreign;
}

/** What a policy sees of an element: its attributes, child elements and text. */
export function propertiesOf(shape: Shape, path: Path, meanings: MeaningLookup): ShapeProperty[] {
  const properties = new Map<string, ShapeProperty>();
  for (const [name, { scalar, required }] of shape.attributes) {
    const comment = { meaning: meanings.find(path, `@${name}`), values: allowedValues(scalar) };
    properties.set(name, { name, optional: !required, comment, before: scalarType(scalar), after: "" });
  }
  for (const [name, use] of shape.elements) {
    const own = elementProperty(name, use, meanings.find(path, name));
    if (properties.has(use.property))
      throw new Error(`Cannot type ${shape.name}: two of its parts are ${use.property}`);
    properties.set(use.property, own);
  }
  if (shape.text !== undefined) properties.set("value", valueProperty(shape.text, meanings.find(path, "text()")));
  if (shape.textless) properties.set("value", NO_TEXT);
  if (shape.foreign) properties.set("children", FOREIGN);
  return [...properties.values()];
}

/** The property of an attribute that decides which case of a union an element is. */
export function decidingProperty(
  name: string,
  values: readonly (string | undefined)[],
  path: Path,
  meanings: MeaningLookup,
): ShapeProperty {
  const literals = values.filter((value) => value !== undefined);
  const scalar: Scalar = { literals, patterns: [], numbers: [], text: false };
  return {
    name,
    optional: literals.length < values.length,
    comment: {
      meaning: meanings.find(path, `@${name}`),
      values: literals.length === 0 ? "Absent here." : allowedValues(scalar),
    },
    before: literals.length === 0 ? "undefined" : scalarType(scalar),
    after: "",
  };
}

const NO_TEXT: ShapeProperty = {
  name: "value",
  optional: false,
  comment: { meaning: "Always empty: only other kinds of the element have text.", values: "" },
  before: '""',
  after: "",
};

const FOREIGN: ShapeProperty = {
  name: "children",
  optional: false,
  comment: {
    meaning: "Elements of any name, each with its attributes, texts and elements as they stand in the document.",
    values: "",
  },
  before: "readonly XmlElement[]",
  after: "",
};

function elementProperty(name: string, use: ElementProperty, meaning: string): ShapeProperty {
  const { property, shape, many, required } = use;
  const renamed = property === name ? "" : `The element \`<${name}>\`; \`${name}\` is the attribute. `;
  const comment = { meaning: `${renamed}${meaning || presence(name, use)}`, values: contentValues(shape) };
  const optional = !many && !required;
  if (hasType(shape)) {
    return { name: property, optional, comment, before: many ? "readonly " : "", shape, after: many ? "[]" : "" };
  }
  const type = shape.text === undefined ? EMPTY : elementText(shape.text);
  const list = `readonly ${type.includes("|") ? `(${type})` : type}[]`;
  return { name: property, optional, comment, before: many ? list : type, after: "" };
}

function presence(name: string, { many, required }: ElementProperty): string {
  if (many) return `Every \`<${name}>\`.`;
  return required ? `\`<${name}>\`.` : `\`<${name}>\`, at most one.`;
}

function contentValues(shape: Shape): string {
  if (hasType(shape)) return "";
  return shape.text === undefined ? "It holds nothing." : allowedValues(shape.text.scalar, !shape.text.required);
}

function elementText(text: TextUse): string {
  const { before, optional } = valueProperty(text, "");
  return optional ? `${before} | ""` : before;
}

// Without text the value is `""`, but a number that may be absent is.
function valueProperty({ scalar, required }: TextUse, meaning: string): ShapeProperty {
  const type = scalarType(scalar);
  const empty = !required && scalar.numbers.length === 0;
  const before = empty && !type.includes("string") && !scalar.literals.includes("") ? `${type} | ""` : type;
  const optional = !required && scalar.numbers.length > 0;
  return {
    name: "value",
    optional,
    comment: { meaning: meaning || "The element's text.", values: allowedValues(scalar, empty) },
    before,
    after: "",
  };
}
