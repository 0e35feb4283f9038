import type { NameClass, Pattern, QualifiedName } from "./pattern.ts";

const NOT_ALLOWED: Pattern = { kind: "notAllowed" };

/** What is left of a pattern for documents that have the attribute, and for those that lack it. */
interface Halves {
  readonly having: Pattern;
  readonly lacking: Pattern;
}

/**
 * Narrows an element's content to the documents in which one of its attributes has a value, or is absent: what the
 * attribute decides is what is left.
 *
 * @param value The attribute's value, `undefined` for no such attribute.
 * @param allows Whether an attribute pattern's content takes a value.
 */
export function restrict(
  pattern: Pattern,
  name: QualifiedName,
  value: string | undefined,
  allows: (content: Pattern, value: string) => boolean,
): Pattern {
  const { having, lacking } = split(pattern);
  return value === undefined ? lacking : having;

  function split(part: Pattern): Halves {
    switch (part.kind) {
      case "ref":
        return split(part.resolve());
      case "attribute": {
        if (!takes(part.names, name)) return { having: NOT_ALLOWED, lacking: part };
        const right = value === undefined || allows(part.content, value);
        return { having: right ? part : NOT_ALLOWED, lacking: NOT_ALLOWED };
      }
      case "choice": {
        const halves = part.parts.map(split);
        return {
          having: { kind: "choice", parts: halves.map(({ having }) => having) },
          lacking: { kind: "choice", parts: halves.map(({ lacking }) => lacking) },
        };
      }
      case "group":
      case "interleave":
        return splitGroup(part.kind, part.parts);
      case "repeat": {
        const inner = split(part.part);
        const around: Pattern = { kind: "repeat", part: inner.lacking, min: 0 };
        return {
          having: { kind: "group", parts: [around, inner.having, around] },
          lacking: { kind: "repeat", part: inner.lacking, min: part.min },
        };
      }
      default:
        return { having: NOT_ALLOWED, lacking: part };
    }
  }

  // One part has the attribute, all others lack it.
  function splitGroup(kind: "group" | "interleave", parts: readonly Pattern[]): Halves {
    const halves = parts.map(split);
    const lacking = halves.map((half) => half.lacking);
    const having = halves.flatMap((half, index): Pattern[] =>
      isImpossible(half.having) ? [] : [{ kind, parts: lacking.with(index, half.having) }],
    );
    return { having: { kind: "choice", parts: having }, lacking: { kind, parts: lacking } };
  }
}

/** Whether a pattern is plainly `notAllowed`; most parts of a group are. */
function isImpossible(pattern: Pattern): boolean {
  if (pattern.kind === "notAllowed") return true;
  if (pattern.kind === "choice") return pattern.parts.every(isImpossible);
  return (pattern.kind === "group" || pattern.kind === "interleave") && pattern.parts.some(isImpossible);
}

function takes({ names }: NameClass, { local, namespace }: QualifiedName): boolean {
  return names.some((name) => name.local === local && name.namespace === namespace);
}
