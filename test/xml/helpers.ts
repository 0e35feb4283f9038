import assert from "node:assert/strict";
import { DocumentError, type DocumentErrorCode } from "../../src/xml/document-error.ts";
import { parseXml } from "../../src/xml/parse.ts";
import type { XmlElement } from "../../typings/xml.d.ts";

/** Reads a document given as text. */
export function parse(text: string): XmlElement {
  return parseXml(Buffer.from(text));
}

/** The text of an element that holds nothing else. */
export function textOf(text: string): string {
  const { children } = parse(text);
  assert.ok(children.length < 2, `${children.length} children where one text was expected`);
  const [only = ""] = children;
  assert.equal(typeof only, "string");
  return only as string;
}

/** The value of an element's first attribute. */
export function attributeOf(text: string): string | undefined {
  return parse(text).attributes[0]?.value;
}

/** Asserts that a document is refused, with its code and, where given, `line:column`. */
export function assertRefused(document: string | Uint8Array, code: DocumentErrorCode, place?: string): void {
  const bytes = typeof document === "string" ? Buffer.from(document) : document;
  assert.throws(
    () => parseXml(bytes),
    (error: unknown) => {
      assert.ok(error instanceof DocumentError, `${error} is no DocumentError`);
      assert.equal(error.code, code, error.message);
      assert.ok(error.line >= 1 && error.column >= 1, `${error.line}:${error.column} is no place`);
      if (place !== undefined) assert.equal(`${error.line}:${error.column}`, place, error.message);
      return true;
    },
  );
}
