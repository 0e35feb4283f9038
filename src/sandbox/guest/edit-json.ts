import { MAX_BYTES, MAX_DEPTH } from "../../xml/limits.ts";
import { quote, text } from "./text.ts";

const { isArray } = Array;
const { getPrototypeOf, keys, prototype: plain } = Object;
const { isFinite: isFiniteNumber } = Number;

/** What the texts of all edits may hold together, in UTF-16 units: no document is longer. */
const MAX_TEXTS = MAX_BYTES;

/** What a child counts for beside its texts, so that a list of empty ones ends as well. */
const EACH_CHILD = 16;

// never reaches the policy, so that it cannot throw it
const refusal = { what: "" };
let used = 0;

/** Ends the reading of an edit, which says why. */
export function refuse(what: string): never {
  refusal.what = what;
  throw refusal;
}

/** Why the reading ended; undefined for what anybody else threw. */
export function refused(thrown: unknown): string | undefined {
  return thrown === refusal ? refusal.what : undefined;
}

/**
 * JSON of a text.
 *
 * @param what Names it.
 */
export function textJson(value: unknown, what: string): string {
  if (typeof value !== "string") return refuse(`${what} is ${nameOf(value)}, not a text`);
  use(value.length);
  return quote(value);
}

/** JSON of a value as text. */
export function valueJson(value: unknown, what: string): string {
  if (typeof value === "number" && isFiniteNumber(value)) return textJson(`${value}`, what);
  if (typeof value !== "string") return refuse(`${what} is ${nameOf(value)}, neither a text nor a finite number`);
  return textJson(value, what);
}

/**
 * JSON of an element. Each of its members is read once.
 *
 * @param depth How deep it nests in what is added; the outermost is 1.
 */
export function elementJson(value: unknown, depth: number): string {
  if (typeof value !== "object" || value === null) return refuse(`an element is ${nameOf(value)}, not an object`);
  if (depth > MAX_DEPTH) return refuse(`its elements nest deeper than ${MAX_DEPTH}`);
  const { name, attributes, children } = value as Readonly<Record<string, unknown>>;
  const own = `"name":${textJson(name, "an element's name")},"attributes":{${attributesJson(attributes)}}`;
  return `{${own},"children":[${childrenJson(children, depth)}]}`;
}

function attributesJson(attributes: unknown): string {
  if (attributes === undefined) return "";
  if (typeof attributes !== "object" || attributes === null || !isPlain(attributes)) {
    return refuse("an element's attributes are no plain object");
  }
  let pairs = "";
  const names = keys(attributes);
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    const value: unknown = (attributes as Readonly<Record<string, unknown>>)[name];
    pairs += `${index === 0 ? "" : ","}${textJson(name, "an attribute's name")}:${valueJson(value, `attribute ${text(name)}`)}`;
  }
  return pairs;
}

/** A `Map`, for one, would be one without attributes. */
function isPlain(value: object): boolean {
  const prototype: unknown = getPrototypeOf(value);
  return prototype === plain || prototype === null;
}

/** By index and not by an iterator, which a policy may have replaced. */
function childrenJson(children: unknown, depth: number): string {
  if (children === undefined) return "";
  if (!isArray(children)) return refuse("an element's children are no list");
  let nodes = "";
  const length: unknown = children.length;
  if (typeof length !== "number") return refuse("an element's children are no list");
  for (let index = 0; index < length; index += 1) {
    use(EACH_CHILD);
    const child: unknown = children[index];
    const node = typeof child === "string" ? textJson(child, "a child") : elementJson(child, depth + 1);
    nodes += `${index === 0 ? "" : ","}${node}`;
  }
  return nodes;
}

function use(units: number): void {
  used += units;
  if (used > MAX_TEXTS) refuse(`the texts of all edits are longer than ${MAX_TEXTS} characters`);
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === "number") return `the number ${value}`;
  return `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
