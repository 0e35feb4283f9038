import assert from "node:assert/strict";
import { describe } from "../../../scripts/generate/describe.ts";
import { descriptionText } from "../../../scripts/generate/description/text.ts";
import { type Generated, generate } from "../../../scripts/generate/generate.ts";
import { createLookup } from "../../../scripts/generate/meanings/lookup.ts";
import type { Meanings } from "../../../scripts/generate/meanings/meanings.ts";

const SUBJECTS = { house: { base: "House", types: { house: "House" } } };

/** A schema of houses. */
export function grammar(content: string): string {
  return `<grammar xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">${content}</grammar>`;
}

/** A schema in which a house holds this. */
export function element(content: string): string {
  return grammar(`<start><element name="house">${content}</element></start>`);
}

/** What is generated from schemas, by way of the description's text. */
export function generated(schemas: Record<string, string> | string, meanings: Meanings = {}): Generated {
  const files = new Map(Object.entries(typeof schemas === "string" ? { "house.rng": schemas } : schemas));
  const read = (file: string) => files.get(file) ?? assert.fail(`reads ${file}`);
  const text = descriptionText(describe({ house: ["house.rng"] }, read, "1.2"));
  return generate(JSON.parse(text), SUBJECTS, createLookup(meanings)).get("house") ?? assert.fail("generates nothing");
}

/** The typings, without comments. */
export function typings(schemas: Record<string, string> | string): string {
  return generated(schemas).typings.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, "");
}
