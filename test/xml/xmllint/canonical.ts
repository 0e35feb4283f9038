import type { Meaning } from "./meaning.ts";

/** Comments, end tags, start tags with what they hold, text: all that canonical XML consists of. */
const TOKEN = /<!--[\s\S]*?-->|<\/[^>]*>|<([^ >!/]+)((?: [^=]+="[^"]*")*)>|([^<]+)/g;
const ATTRIBUTE = / ([^=]+)="([^"]*)"/g;

type Growing = { name: string; attributes: string[]; children: (Growing | string)[] };
type Scope = ReadonlyMap<string, string>;

/**
 * The meaning of a document in canonical form. That form has so few features that this reader shares nothing with the
 * product's.
 *
 * @see https://www.w3.org/TR/xml-c14n
 */
export function readCanonical(text: string): Meaning {
  const top: Growing = { name: "", attributes: [], children: [] };
  const open = [{ element: top, scope: new Map([["xml", "http://www.w3.org/XML/1998/namespace"]]) as Scope }];
  for (const [token, name, attributes = "", characters] of text.matchAll(TOKEN)) {
    const inner = open.at(-1);
    if (inner === undefined) throw new Error("Cannot read the canonical form: an end tag too many");
    const { element, scope } = inner;
    if (name !== undefined) {
      const started = start(name, attributes, scope);
      element.children.push(started.element);
      open.push(started);
    } else if (characters !== undefined) addText(element, decode(characters));
    else if (token.startsWith("</")) open.pop();
  }
  const root = top.children.find((child) => typeof child === "object");
  if (root === undefined || open.length !== 1) throw new Error("Cannot read the canonical form: no whole root element");
  return root;
}

function start(name: string, written: string, outer: Scope): { element: Growing; scope: Scope } {
  const pairs = [...written.matchAll(ATTRIBUTE)].map(([, key = "", value = ""]) => [key, decode(value)] as const);
  const scope = new Map(outer);
  for (const [key, value] of pairs) {
    if (key === "xmlns") scope.set("", value);
    else if (key.startsWith("xmlns:")) scope.set(key.slice(6), value);
  }
  const attributes = pairs
    .filter(([key]) => key !== "xmlns" && !key.startsWith("xmlns:"))
    .map(([key, value]) => `${key.includes(":") ? expand(key, scope) : `{}${key}`}=${value}`);
  return { element: { name: expand(name, scope), attributes: attributes.sort(), children: [] }, scope };
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
  return text
    .replaceAll("&#x9;", "\t")
    .replaceAll("&#xA;", "\n")
    .replaceAll("&#xD;", "\r")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
