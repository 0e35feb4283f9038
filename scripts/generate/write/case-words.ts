import type { Case } from "../shape/shape.ts";
import { pascal } from "./pascal.ts";

/** How many values a case's name lists. */
const MAX_LISTED = 3;

/** What the types of a choice's cases are called, after the name of their union, and what they say about themselves. */
export function caseWords(by: string, cases: readonly Case[]): { word: string; comment: string }[] {
  const others = cases.filter(({ values }) => values.length > MAX_LISTED);
  return cases.map(({ values, shape }) => {
    const named = values.filter((value) => value !== undefined);
    const listed = others.length === 1 && values.length > MAX_LISTED ? ["other"] : named.slice(0, MAX_LISTED);
    const tags = values.map((value) =>
      value === undefined ? `\`<${shape.name}>\` without \`${by}\`` : `\`<${shape.name} ${by}='${value}'>\``,
    );
    return {
      word: named.length === 0 ? `Without${pascal(by)}` : listed.map(pascal).join(""),
      comment: `${tags.join(", ")}.`,
    };
  });
}
