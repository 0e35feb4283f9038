import { isUtf8 } from "node:buffer";
import type { DocumentError } from "../../../src/xml/document-error.ts";
import { depthOf } from "./meaning.ts";
import { readPrinted } from "./printed.ts";
import type { Verdict } from "./xmllint.ts";

const ENCODING = /^\uFEFF?<\?xml\s[^>]*?\sencoding\s*=\s*(["'])(.*?)\1/;

/**
 * Why virt-warden may refuse a document that libxml2 accepts, as a name to count by; `undefined` where it may not.
 * Each reason is checked against the document, by other means than the product's.
 */
export function mayRefuseAlone({ code }: DocumentError, document: Uint8Array, { plain }: Verdict): string | undefined {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(document);
  if (code === "doctype" && text.includes("<!DOCTYPE")) return code;
  if (code === "processing-instruction" && /<\?(?!xml\s)/.test(text)) return code;
  if (code === "encoding" && (!isUtf8(document) || isWide(document) || isNamedOtherwise(text))) return code;
  if (code === "too-deep" && depthOf(readPrinted(plain, "escaped")) > 512) return code;
  if (code === "too-large" && document.length > 4_194_304) return code;
  if (code === "malformed" && readsToNul(text)) return `${code}, libxml2 stopped at a NUL`;
  return undefined;
}

/** Whether libxml2 took a document for UTF-16 or UTF-32 by its first characters. */
function isWide(document: Uint8Array): boolean {
  return document.subarray(0, 2).includes(0);
}

function isNamedOtherwise(text: string): boolean {
  const [, , name] = ENCODING.exec(text) ?? [];
  return name !== undefined && !/^utf-?8$/i.test(name);
}

/** libxml2 takes a NUL after the root element for the end of the document. */
function readsToNul(text: string): boolean {
  return text.includes("\0");
}
