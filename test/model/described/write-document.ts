import type { Scalar } from "../../../scripts/generate/shape/scalar.ts";
import type { Shape } from "../../../scripts/generate/shape/shape.ts";

/** How deep elements nest at the most; a backing chain has no end of its own. */
const MAX_DEPTH = 12;

/** Gives the next decision: a number from 0, below a limit. */
export type Decide = (limit: number) => number;

/**
 * Writes a document that the description of libvirt's documents allows. Decisions of 0 make it the smallest.
 *
 * @param prefixes Namespace URIs by prefix, which the root declares.
 */
export function writeDocument(root: Shape, prefixes: ReadonlyMap<string, string>, decide: Decide): string {
  const declarations = [...prefixes].map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join("");
  return writeElement(root, decide, 0, declarations);
}

function writeElement(shape: Shape, decide: Decide, depth: number, declarations = ""): string {
  const { name, choice } = shape;
  const chosen = choice?.cases[decide(choice.cases.length)];
  const inside = chosen?.shape ?? shape;
  const value = chosen?.values[decide(chosen.values.length)];
  const attributes = [...(choice && value !== undefined ? [[choice.by, value]] : []), ...attributesOf(inside, decide)];
  const tag = `${name}${declarations}${attributes.map(([key, text]) => ` ${key}="${escaped(text ?? "")}"`).join("")}`;
  const children = childrenOf(inside, decide, depth);
  // Text beside children would be part of it, as for libvirt; an element has one or the other.
  const text = children === "" && inside.text !== undefined ? textOf(inside.text, decide) : "";
  return `<${tag}>${children}${escaped(text)}</${name}>`;
}

function attributesOf({ attributes }: Shape, decide: Decide): string[][] {
  return [...attributes].flatMap(([name, { scalar, required }]) =>
    required || decide(3) === 1 ? [[name, sample(scalar, decide)]] : [],
  );
}

function childrenOf(shape: Shape, decide: Decide, depth: number): string {
  const elements = [...shape.elements.values()].flatMap(({ shape: child, required, many }) => {
    const isThere = required || (depth < MAX_DEPTH && decide(3) === 1);
    return Array.from({ length: isThere ? 1 + decide(many ? 3 : 1) : 0 }, () => writeElement(child, decide, depth + 1));
  });
  const foreign = shape.foreign && decide(2) === 1 ? ['<f:a xmlns:f="urn:f" b="c">text<d/></f:a>'] : [];
  return [...elements, ...foreign].join(decide(2) === 1 ? "\n  " : "");
}

function textOf({ scalar, required }: NonNullable<Shape["text"]>, decide: Decide): string {
  return required || decide(2) === 1 ? sample(scalar, decide) : "";
}

/** A text that a value may be; what patterns allow is text to the model, whatever it is. */
function sample({ literals, numbers, text }: Scalar, decide: Decide): string {
  const range = numbers[decide(Math.max(1, numbers.length))];
  const ends = range === undefined ? [] : [range.min ?? -1n, range.max ?? 2n ** 70n, (range.min ?? 0n) + 1n];
  const all = [...literals, ...ends.filter((end) => range?.max === undefined || end <= range.max).map(String)];
  return all.length === 0 || text ? "a b-1" : (all[decide(all.length)] ?? "");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
