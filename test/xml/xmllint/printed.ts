import type { Meaning } from "./meaning.ts";

/** Declaration, comments, end tags, start tags with what they hold, text: all that libxml2 prints without CDATA. */
const TOKEN = /<\?.*?\?>|<!--[\s\S]*?-->|<\/[^>]*>|<([^ >!/?]+)((?: [^=]+=(?:"[^"]*"|'[^']*'))*)(\/?)>|([^<]+)/g;
const ATTRIBUTE = / ([^=]+)=(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

type Growing = { name: string; attributes: string[]; children: (Growing | string)[] };
type Pair = readonly [key: string, value: string];
type Scope = ReadonlyMap<string, string>;

/**
 * How the name of a namespace may be printed. libxml2 2.9 does not escape it, but quotes it as it can; where it does
 * not replace entities, it holds each `&` in it as `&#38;` from the start.
 */
export const NAMESPACE_STYLES = ["escaped", "raw"] as const;

/**
 * The meaning of a document as libxml2 prints it, plain or in canonical form. Both have so few features that this
 * reader shares nothing with the product's.
 *
 * @see https://www.w3.org/TR/xml-c14n
 */
export function readPrinted(text: string, style: (typeof NAMESPACE_STYLES)[number]): Meaning {
  const top: Growing = { name: "", attributes: [], children: [] };
  const open = [{ element: top, scope: new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]) as Scope }];
  for (const [token, name, attributes = "", slash, characters] of text.matchAll(TOKEN)) {
    const inner = open.at(-1);
    if (inner === undefined) throw new Error("Cannot read what libxml2 printed: an end tag too many");
    if (name !== undefined) {
      const started = start(name, pairsIn(attributes, style), inner.scope);
      inner.element.children.push(started.element);
      if (slash === "") open.push(started);
    } else if (characters !== undefined) addText(inner.element, decode(characters));
    else if (token.startsWith("</")) open.pop();
  }
  const root = top.children.find((child) => typeof child === "object");
  if (root === undefined || open.length !== 1) throw new Error("Cannot read what libxml2 printed: no whole element");
  return root;
}

function pairsIn(attributes: string, style: (typeof NAMESPACE_STYLES)[number]): Pair[] {
  return [...attributes.matchAll(ATTRIBUTE)].map(([, key = "", value, quoted]) => {
    const written = value ?? quoted ?? "";
    if (!isDeclaration(key) || style === "escaped") return [key, decode(written)];
    return [key, written.includes("'") ? written.replaceAll("&quot;", '"') : written];
  });
}

function start(name: string, pairs: readonly Pair[], outer: Scope): { element: Growing; scope: Scope } {
  const declared = pairs.filter(([key]) => isDeclaration(key));
  const scope = declared.length === 0 ? outer : new Map([...outer, ...declared.map(toBinding)]);
  const attributes = pairs
    .filter(([key]) => !isDeclaration(key))
    .map(([key, value]) => `${key.includes(":") ? expand(key, scope) : `{}${key}`}=${value}`);
  return { element: { name: expand(name, scope), attributes, children: [] }, scope };
}

function isDeclaration(key: string): boolean {
  return key === "xmlns" || key.startsWith("xmlns:");
}

function toBinding([key, value]: Pair): [string, string] {
  return [key.slice("xmlns:".length), value];
}

function expand(name: string, scope: Scope): string {
  const [prefix = "", local] = name.includes(":") ? name.split(":") : ["", name];
  return `{${scope.get(prefix) ?? ""}}${local}`;
}

function addText({ children }: Growing, text: string): void {
  const last = children.at(-1);
  if (typeof last === "string") children[children.length - 1] = last + text;
  else children.push(text);
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9A-F]+)|#([0-9]+)|([a-z]+));/g, (reference, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? reference;
    const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    // What is not escaped may look like any reference.
    return codePoint > 0x10ffff ? reference : String.fromCodePoint(codePoint);
  });
}
