import { MAX_NAME_BYTES } from "./limits.ts";

export const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
export const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";

/** A prefix (`""` for none) and what follows it. */
export interface QualifiedName {
  readonly prefix: string;
  readonly local: string;
}

/**
 * What is wrong with binding a prefix (`""` for none) to a namespace's name, `undefined` where nothing is.
 *
 * @see https://www.w3.org/TR/xml-names/#xmlReserved
 */
export function bindingFault(prefix: string, uri: string): string | undefined {
  if (prefix === "xmlns") return "the prefix xmlns may not be declared";
  if (uri === XMLNS_NAMESPACE) return `nothing may be bound to ${uri}`;
  if (prefix === "xml" && uri !== XML_NAMESPACE) return `the prefix xml may only be bound to ${XML_NAMESPACE}`;
  if (prefix !== "xml" && uri === XML_NAMESPACE) return `only the prefix xml may be bound to ${uri}`;
  if (prefix !== "" && uri === "") return `the prefix ${JSON.stringify(prefix)} may not be bound to nothing`;
  return undefined;
}

/** Names of so many UTF-16 units need no counting: each is at most three bytes of UTF-8. */
const SURELY_SHORT = Math.floor(MAX_NAME_BYTES / 3);

/** Characters that may stand inside a name but not begin one. */
const INNER_ONLY = /^(?:[-.0-9\u00B7\u203F\u2040]|[\u0300-\u036F])/;

/** Splits a name at its first colon. */
export function splitName(name: string): QualifiedName {
  const colon = name.indexOf(":");
  return colon === -1 ? { prefix: "", local: name } : { prefix: name.slice(0, colon), local: name.slice(colon + 1) };
}

/** Whether an attribute of this name declares a namespace. */
export function declaresNamespace({ prefix, local }: QualifiedName): boolean {
  return prefix === "xmlns" || (prefix === "" && local === "xmlns");
}

/**
 * What is wrong with a well-formed name in libxml2's eyes, `undefined` where nothing is.
 *
 * @see https://www.w3.org/TR/xml-names/#NT-LocalPart
 */
export function nameFault({ prefix, local }: QualifiedName): string | undefined {
  if (prefix === "" && local.length <= SURELY_SHORT) return undefined;
  if (prefix !== "" && INNER_ONLY.test(local))
    return `the name after the prefix ${JSON.stringify(prefix)} begins with a wrong character`;
  if (isTooLong(local) || isTooLong(prefix)) return `a name is longer than ${MAX_NAME_BYTES} bytes`;
  return undefined;
}

function isTooLong(name: string): boolean {
  return name.length > SURELY_SHORT && Buffer.byteLength(name) > MAX_NAME_BYTES;
}
