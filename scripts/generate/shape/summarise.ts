import type { ElementPattern, Pattern } from "../rng/pattern.ts";
import { both, type Content, either, keyOf, NOTHING, repeated } from "./content.ts";
import { ANY_TEXT, dataScalar, literalScalar, type Scalar } from "./scalar.ts";

/** What a pattern lets an element hold; `undefined` where it allows no document at all. */
export type Summarise = (pattern: Pattern) => Content | undefined;

/** Makes a function that summarises patterns, remembering what it has seen. */
export function createSummariser(): Summarise {
  const seen = new Map<Pattern, Content | undefined>();
  const allowed = new Map<ElementPattern, boolean>();
  return summarise;

  function summarise(pattern: Pattern): Content | undefined {
    if (!seen.has(pattern)) seen.set(pattern, compute(pattern));
    return seen.get(pattern);
  }

  function compute(pattern: Pattern): Content | undefined {
    switch (pattern.kind) {
      case "empty":
        return NOTHING;
      case "notAllowed":
        return undefined;
      case "text":
      case "list":
        return textContent(ANY_TEXT, false);
      case "data":
        return textContent(dataScalar(pattern), true);
      case "value":
        return textContent(literalScalar(pattern.value), true);
      case "ref":
        return summarise(pattern.resolve());
      case "choice": {
        const parts = pattern.parts.map(summarise).filter((part) => part !== undefined);
        return parts.length === 0 ? undefined : parts.reduce(either);
      }
      case "group":
      case "interleave": {
        const parts = pattern.parts.map(summarise);
        return parts.reduce((a, b) => a && b && both(a, b), NOTHING);
      }
      case "repeat": {
        const part = summarise(pattern.part);
        if (pattern.min === 1) return part && repeated(part);
        return part ? either(repeated(part), NOTHING) : NOTHING;
      }
      case "attribute":
        return attributeContent(pattern);
      case "element":
        return isAllowed(pattern) ? elementContent(pattern) : undefined;
    }
  }

  function attributeContent(pattern: Extract<Pattern, { kind: "attribute" }>): Content | undefined {
    const value = summarise(pattern.content);
    if (value === undefined) return undefined;
    if (pattern.names.open) throw new Error("Cannot describe an attribute of any name: the model has no place for it");
    const scalar = value.text?.scalar ?? literalScalar("");
    const uses = pattern.names.names.map((name) => ({ name, scalar, required: pattern.names.names.length === 1 }));
    return { ...NOTHING, attributes: new Map(uses.map((use) => [keyOf(use.name), use])) };
  }

  // An element that can have no content cannot be in a document (libvirt's `privateData`).
  function isAllowed(pattern: ElementPattern): boolean {
    const known = allowed.get(pattern);
    if (known !== undefined || pattern.names.open) return known ?? true;
    allowed.set(pattern, true);
    const result = summarise(pattern.content) !== undefined;
    allowed.set(pattern, result);
    return result;
  }
}

function textContent(scalar: Scalar, required: boolean): Content {
  return { ...NOTHING, text: { scalar, required } };
}

function elementContent(pattern: ElementPattern): Content {
  const { names, open } = pattern.names;
  const required = names.length === 1 && !open;
  const uses = names.map((name) => ({ name, patterns: new Set([pattern]), required, many: false }));
  return { ...NOTHING, elements: new Map(uses.map((use) => [keyOf(use.name), use])), foreign: open };
}
