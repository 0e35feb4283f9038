import assert from "node:assert/strict";
import { applyEdits } from "../../src/rewrite/apply-edits.ts";
import type { Edit, NewElement } from "../../src/rewrite/edit.ts";
import { RewriteError } from "../../src/rewrite/rewrite-error.ts";
import { parseXml } from "../../src/xml/parse.ts";

/** What `edit.setAttribute` and so on ask for. */
export const set = (at: string, value: string): Edit => ({ edit: "set-attribute", at, value });
export const unset = (at: string): Edit => ({ edit: "remove-attribute", at });
export const setText = (at: string, value: string): Edit => ({ edit: "set-text", at, value });
export const remove = (at: string): Edit => ({ edit: "remove-element", at });
export const add = (at: string, element: NewElement): Edit => ({ edit: "add-element", at, element });

/** Applies policies' edits to a document given as text; the policies are called `a`, `b`, … in their order. */
export function apply(document: string, ...policies: readonly (readonly Edit[])[]): string {
  const bytes = Buffer.from(document);
  const edits = policies.map((own, index) => ({ policy: String.fromCharCode(97 + index), edits: own }));
  return Buffer.from(applyEdits(bytes, parseXml(bytes), edits).bytes).toString();
}

/** Why edits cannot be made, as `policy: message`. */
export function refusal(document: string, ...policies: readonly (readonly Edit[])[]): string {
  try {
    apply(document, ...policies);
  } catch (error) {
    if (error instanceof RewriteError) return `${error.policy}: ${error.message}`;
    throw error;
  }
  return assert.fail("the edits were made");
}
