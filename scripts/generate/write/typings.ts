import type { TextUse } from "../shape/content.ts";
import type { ElementProperty, Shape } from "../shape/shape.ts";
import { scalarType } from "./scalar-type.ts";

/** The type of an element without attributes, children and text. */
const EMPTY = "Readonly<Record<string, never>>";

/** Whether the element is its text. */
export function isBareText(shape: Shape): boolean {
  return shape.text !== undefined && shape.attributes.size === 0 && shape.elements.size === 0 && !shape.foreign;
}

/** Whether a shape is described by an interface with a name. */
export function hasInterface(shape: Shape): boolean {
  return shape.attributes.size > 0 || shape.elements.size > 0 || shape.foreign;
}

/**
 * Writes the interface of a shape.
 *
 * @param nameOf The name of a shape's type.
 */
export function writeInterface(shape: Shape, nameOf: (shape: Shape) => string): string {
  const lines = [...propertiesOf(shape, nameOf)].flatMap(([name, { type, optional, comment }]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
    const line = `  readonly ${key}${optional ? "?" : ""}: ${type};`;
    return comment === undefined ? line : [`  /** ${comment} */`, line];
  });
  return [`/** \`<${shape.name}>\` */`, `export interface ${nameOf(shape)} {`, ...lines, "}"].join("\n");
}

interface Property {
  readonly type: string;
  readonly optional: boolean;
  readonly comment?: string;
}

const FOREIGN: Property = {
  type: "readonly XmlElement[]",
  optional: false,
  comment: "Elements of any name, each with its attributes, texts and elements as they stand in the document.",
};

function propertiesOf(shape: Shape, nameOf: (shape: Shape) => string): Map<string, Property> {
  const properties = new Map<string, Property>();
  for (const [name, { scalar, required }] of shape.attributes) {
    properties.set(name, { type: scalarType(scalar), optional: !required });
  }
  for (const [name, use] of shape.elements) {
    const other = properties.get(use.property);
    const comment =
      use.property === name ? {} : { comment: `The element \`<${name}>\`; \`${name}\` is the attribute.` };
    const own = { ...elementProperty(use, nameOf), ...comment };
    properties.set(use.property, other ? { type: `${other.type} | ${own.type}`, optional: true } : own);
  }
  if (shape.text !== undefined) properties.set("value", textProperty(shape.text));
  if (shape.foreign) properties.set("children", FOREIGN);
  return properties;
}

function elementProperty({ shape, many, required }: ElementProperty, nameOf: (shape: Shape) => string): Property {
  const type = elementType(shape, nameOf);
  if (!many) return { type, optional: !required };
  return { type: `readonly ${type.includes("|") ? `(${type})` : type}[]`, optional: false };
}

function elementType(shape: Shape, nameOf: (shape: Shape) => string): string {
  if (hasInterface(shape)) return nameOf(shape);
  return shape.text === undefined ? EMPTY : elementText(shape.text);
}

function elementText(text: TextUse): string {
  const { type, optional } = textProperty(text);
  return optional ? `${type} | ""` : type;
}

// Without text the value is `""`, but a number that may be absent is.
function textProperty({ scalar, required }: TextUse): Property {
  const type = scalarType(scalar);
  const empty = !required && scalar.numbers.length === 0 && !type.includes("string") && !scalar.literals.includes("");
  return { type: empty ? `${type} | ""` : type, optional: !required && scalar.numbers.length > 0 };
}
