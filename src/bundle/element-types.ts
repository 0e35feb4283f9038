import { readFileSync } from "node:fs";
import { join } from "node:path";
import { productRoot } from "../product.ts";

/** A type of an element in the typings. */
interface ElementType {
  /** A union's members. */
  readonly cases: readonly string[];
  readonly base: string | undefined;
  readonly properties: readonly string[];
}

/** Where the generated typings declare what elements are. */
const FILES: readonly string[] = ["domain.d.ts", "network.d.ts"];

const UNION = /^export type (\w+) =((?:\n {2}\| \w+)+);$/gm;
const INTERFACE = /^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}$/gms;

/** One that cannot be there is none. */
const PROPERTY = /^ {2}readonly (\w+|"[^"]+")\??: (?!undefined;)/gm;

let types: ReadonlyMap<string, ElementType> | undefined;

/**
 * The members of a union as the compiler prints it, in its words: `DomainDisk`, or `DomainDiskFile | DomainDiskBlock`.
 *
 * @returns `undefined` for what is no union of elements' types.
 */
export function casesOf(type: string): readonly string[] | undefined {
  types ??= readTypes();
  const names = type.split(" | ");
  if (!names.every((name) => types?.has(name))) return undefined;
  const cases = names.length > 1 ? names : types.get(type)?.cases;
  return cases?.length ? cases : undefined;
}

/** The properties of an element's type; of a union, those of each member. */
export function propertiesOf(type: string): readonly (readonly string[])[] {
  types ??= readTypes();
  const { cases, base, properties } = types.get(type) ?? NOTHING;
  if (cases.length > 0) return cases.flatMap(propertiesOf);
  return [base === undefined ? properties : [...properties, ...propertiesOf(base).flat()]];
}

const NOTHING: ElementType = { cases: [], base: undefined, properties: [] };

function readTypes(): Map<string, ElementType> {
  const text = FILES.map((file) => readFileSync(join(productRoot, "typings", file), "utf8")).join("\n");
  const found = new Map<string, ElementType>();
  for (const [, name = "", members = ""] of text.matchAll(UNION)) {
    found.set(name, { ...NOTHING, cases: members.match(/\w+/g) ?? [] });
  }
  for (const [, name = "", base, body = ""] of text.matchAll(INTERFACE)) {
    const properties = Array.from(body.matchAll(PROPERTY), ([, property = ""]) => property.replaceAll('"', ""));
    found.set(name, { cases: [], base, properties });
  }
  return found;
}
