import type { Edit, NewElement } from "../rewrite/edit.ts";
import { type CheckResult, hasLogsAndError, type Unknown } from "./check-result.ts";

/** The runtime's answer, as `guest/rewrite.ts` writes it. */
export interface RewriteResult extends Pick<CheckResult, "logs" | "error"> {
  readonly edits: readonly Edit[];
}

/** The kinds of edits, and what each has beside its place. */
const REST: Readonly<Record<string, (edit: Readonly<Record<string, unknown>>) => boolean>> = {
  "set-attribute": ({ value }) => typeof value === "string",
  "remove-attribute": () => true,
  "set-text": ({ value }) => typeof value === "string",
  "remove-element": () => true,
  "add-element": ({ element }) => isElement(element),
};

/**
 * Reads what the runtime wrote. It shares its world with the policy's code: what is not of the form that it writes is
 * no result at all.
 *
 * @returns undefined for any other text.
 */
export function readRewriteResult(text: string): RewriteResult | undefined {
  let result: Unknown<RewriteResult>;
  try {
    result = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isRewriteResult(result) ? result : undefined;
}

function isRewriteResult(result: Unknown<RewriteResult>): result is RewriteResult {
  const edits = result?.edits;
  return Array.isArray(edits) && edits.every(isEdit) && hasLogsAndError(result);
}

function isEdit(value: unknown): value is Edit {
  const edit = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isRest = typeof edit.edit === "string" && Object.hasOwn(REST, edit.edit) ? REST[edit.edit] : undefined;
  return typeof edit.at === "string" && isRest?.(edit) === true;
}

function isElement(value: unknown): value is NewElement {
  const { name, attributes, children } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isNamed = typeof name === "string" && typeof attributes === "object" && attributes !== null;
  if (!isNamed || Array.isArray(attributes) || !Array.isArray(children)) return false;
  const areTexts = Object.values(attributes).every((attribute) => typeof attribute === "string");
  return areTexts && children.every((child) => typeof child === "string" || isElement(child));
}
