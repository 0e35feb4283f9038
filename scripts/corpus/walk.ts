import type { Difference } from "./difference.ts";

/** What is gathered on the way through a document and its model. */
export interface Walk {
  found: number;
  missing: number;
  readonly differences: Difference[];
  /** The parts of the model that the document has something for. */
  readonly reached: Set<string>;
  /** Those of them that are right with all that is in them. */
  readonly whole: Set<string>;
}

/** The same part of a document, as an XPath, and of its model, as a policy writes it. */
export interface Place {
  readonly document: string;
  readonly model: string;
}

/** Notes that the document has something for a part of the model, which is wrong if it is not the first. */
export function reach({ document, model }: Place, walk: Walk): void {
  if (walk.reached.has(model)) {
    walk.differences.push({
      place: document,
      message: `has ${model} in the model, as another part of the document has`,
    });
  }
  walk.reached.add(model);
}

/** Notes that a part of the document, with so many values, is not in the model as it should be. */
export function miss(values: number, place: string, message: string, walk: Walk): void {
  walk.missing += values;
  walk.differences.push({ place, message });
}
