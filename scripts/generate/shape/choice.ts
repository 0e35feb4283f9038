import type { ElementPattern, Pattern, QualifiedName } from "../rng/pattern.ts";
import { restrict } from "../rng/restrict.ts";
import { type Content, either, keyOf } from "./content.ts";
import type { Scalar } from "./scalar.ts";
import type { Summarise } from "./summarise.ts";

/** An attribute that decides what else an element holds. */
interface ContentChoice {
  readonly by: QualifiedName;
  readonly cases: readonly ContentCase[];
}

/** What an element holds when the deciding attribute has one of these values. */
interface ContentCase {
  /** `undefined` where the attribute is absent. */
  readonly values: readonly (string | undefined)[];
  readonly content: Content;
}

/**
 * Finds the attribute whose value tells most about the rest of an element: `type` of a disk, `model` of an rng
 * backend. It has to be enumerated, and at least two of its values have to differ in what else
 * may be there, not only in the values of that.
 *
 * @param patterns The element's definitions.
 * @param content What they hold together.
 * @param idOf A number for each definition of a child.
 */
export function findChoice(
  patterns: ReadonlySet<ElementPattern>,
  content: Content,
  summarise: Summarise,
  idOf: (pattern: ElementPattern) => number,
): ContentChoice | undefined {
  const choices = [...content.attributes.values()].flatMap(({ name, scalar }) => {
    if (!isEnumeration(scalar)) return [];
    const cases = casesOf(name, [...scalar.literals, undefined]);
    const named = cases.filter(({ values }) => values.some((value) => value !== undefined));
    const parts = new Set(named.map(({ content: rest }) => JSON.stringify(partsOf(rest, idOf))));
    return parts.size < 2 ? [] : [{ by: name, cases }];
  });
  // Where two tell as much, `type` is what libvirt's documentation goes by.
  const weight = ({ by, cases }: ContentChoice) => cases.length * 2 + (by.local === "type" ? 1 : 0);
  return choices.toSorted((a, b) => weight(b) - weight(a))[0];

  function casesOf(by: QualifiedName, values: readonly (string | undefined)[]): ContentCase[] {
    const cases = new Map<string, ContentCase>();
    for (const value of values) {
      const rest = contentWhere(by, value);
      if (rest === undefined) continue;
      const key = signature(rest, idOf);
      const known = cases.get(key);
      cases.set(key, {
        values: [...(known?.values ?? []), value],
        content: known === undefined ? rest : either(known.content, rest),
      });
    }
    return [...cases.values()];
  }

  function contentWhere(by: QualifiedName, value: string | undefined): Content | undefined {
    const allows = (inner: Pattern, text: string) => summarise(inner)?.text?.scalar.literals.includes(text) ?? false;
    const contents = [...patterns].flatMap((pattern) => summarise(restrict(pattern.content, by, value, allows)) ?? []);
    if (contents.length === 0) return undefined;
    const all = contents.reduce(either);
    return { ...all, attributes: new Map([...all.attributes].filter(([key]) => key !== keyOf(by))) };
  }
}

function isEnumeration({ text, patterns, numbers }: Scalar): boolean {
  return !text && patterns.length === 0 && numbers.length === 0;
}

/** What two values' contents have to agree in to be one case; what is required may differ. */
function signature(content: Content, idOf: (pattern: ElementPattern) => number): string {
  const { attributes, text } = content;
  const scalars = [...attributes].map(([key, { scalar }]) => [key, scalarKey(scalar)]);
  return JSON.stringify([scalars.sort(), text && scalarKey(text.scalar), partsOf(content, idOf)]);
}

/** The names of attributes, and the definitions of children. */
function partsOf({ attributes, elements, text, foreign }: Content, idOf: (pattern: ElementPattern) => number): unknown {
  const children = [...elements].map(([key, { patterns }]) => [key, ...[...patterns].map(idOf).sort((a, b) => a - b)]);
  return [[...attributes.keys()].sort(), children.sort(), text !== undefined, foreign];
}

function scalarKey({ literals, numbers, patterns, text }: Scalar): string {
  const ranges = numbers.map(({ min, max }) => `${min}..${max}`);
  return JSON.stringify([[...literals].sort(), ranges, text || patterns.length > 0]);
}
