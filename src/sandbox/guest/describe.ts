import { unhandledRejection } from "./rejections.ts";
import { describeThrown, json, quote, text } from "./text.ts";

const { parse, stringify } = JSON;
const { isArray } = Array;
const { entries, getPrototypeOf, hasOwn, prototype: plain } = Object;
const { isFinite: isFiniteNumber } = Number;

/** What a policy's default export may hold, before anything is known of it. */
interface Candidate {
  readonly name?: unknown;
  readonly description?: unknown;
  readonly on?: unknown;
  readonly needs?: unknown;
  readonly whenRunning?: unknown;
  readonly check?: unknown;
  readonly rewrite?: unknown;
  readonly settings?: { readonly "~standard"?: { readonly validate?: (value: unknown) => unknown } };
}

interface Issue {
  readonly message?: unknown;
  readonly path?: readonly unknown[];
}

/** In UTF-16 units. */
const MAX_DESCRIPTION = 2000;
const MAX_WORD = 100;
/** In UTF-16 units of JSON. */
const MAX_SETTINGS = 256 * 1024;

const MAX_WORDS = 100;
const MAX_ISSUES = 20;
const MAX_STEPS = 16;
/** In UTF-16 units; no longer step is a key of settings that anybody wrote. */
const MAX_STEP = 100;

let named = "null";
let described = "";

/**
 * Loads a policy, reads its definition and validates its settings. What that came to is asked for by {@link description},
 * after what the policy left to promises has run.
 *
 * @param configured JSON of the configured settings by policy name; a policy sees its own.
 */
export function describe(load: () => { default?: unknown }, configured: string): void {
  described = describeNow(load, configured);
}

/** @returns JSON of a `GuestDescription` (`../describe-policy.ts`), whatever the policy does to its globals. */
export function description(): string {
  const rejection = unhandledRejection();
  return rejection === undefined ? described : failure("exception", rejection.message, named, rejection.stack);
}

function describeNow(load: () => { default?: unknown }, configured: string): string {
  const settings = parse(configured) as Record<string, unknown>;
  let isValidating = false;
  try {
    // an empty file has no module at all
    const candidate = (load() as { default?: unknown } | undefined)?.default as Candidate | undefined | null;
    if (typeof candidate !== "object" || candidate === null) return failure("no-default-export", NO_DEFAULT, named);
    const { name, description, on, needs, whenRunning, check, rewrite, settings: schema } = candidate;
    named = json(name);
    if (typeof check !== "function") return failure("invalid", "check is not a function", named);
    if (rewrite !== undefined && typeof rewrite !== "function")
      return failure("invalid", "rewrite is not a function", named);
    const own = isName(name) && hasOwn(settings, name) ? settings[name] : undefined;
    const summary =
      typeof description === "string" ? quote(short(description, MAX_DESCRIPTION, "description")) : "null";
    const asks = `"needs":${wordsOf(needs, "needs")},"whenRunning":${wordOf(whenRunning, "whenRunning")},"rewrites":${rewrite !== undefined}`;
    isValidating = true;
    return `{"ok":true,"name":${named},"description":${summary},"on":${wordsOf(on, "on")},${asks},${validate(schema, own ?? {})}}`;
  } catch (thrown) {
    if (isRefusal(thrown)) return failure("invalid", thrown.refused, named);
    const { message, stack } = describeThrown(thrown);
    return failure("exception", isValidating ? `${BY_SCHEMA}${message}` : message, named, stack);
  }
}

/** Begins what a settings' schema threw. */
const BY_SCHEMA = "the settings' schema: ";

/** A longer one is refused later, and to look for one of a hundred megabytes would use up the memory. */
function isName(name: unknown): name is string {
  return typeof name === "string" && name.length <= 1000;
}

/** Thrown where a part of a definition cannot be told, or is none. */
interface Refusal {
  readonly refused: string;
}

// none of these ever reaches the policy, so that it cannot throw one
let refusal: Refusal | undefined;

function refuse(message: string): never {
  refusal = { refused: message };
  throw refusal;
}

function isRefusal(thrown: unknown): thrown is Refusal {
  return thrown !== undefined && thrown === refusal;
}

function short(value: string, most: number, what: string): string {
  return value.length <= most ? value : refuse(`${what} is longer than ${most} characters`);
}

/** JSON of a list of words, each read once; of what is no such list, as much as shows that. */
function wordsOf(list: unknown, what: string): string {
  if (!isArray(list)) return wordOf(list, what);
  const { length } = list;
  if (!(length <= MAX_WORDS)) return refuse(`${what} has more than ${MAX_WORDS} entries`);
  let texts = "";
  for (let index = 0; index < length && index < MAX_WORDS; index += 1) {
    texts += `${index === 0 ? "" : ","}${wordOf(list[index], `an entry of ${what}`)}`;
  }
  return `[${texts}]`;
}

/** JSON of a word; null only for what is not there. */
function wordOf(word: unknown, what: string): string {
  if (word === undefined) return "null";
  if (typeof word === "string") return quote(short(word, MAX_WORD, what));
  const shown = json(word);
  return shown === "null" ? quote(typeof word) : shown;
}

const NO_DEFAULT = "no default export; write `export default definePolicy({ … })`";

function failure(code: string, message: string, name: string, stack?: string): string {
  const trace = stack === undefined ? "" : `,"stack":${quote(stack)}`;
  return `{"ok":false,"code":"${code}","message":${quote(message)},"name":${name}${trace}}`;
}

/**
 * Runs a Standard Schema.
 * @see https://standardschema.dev
 */
function validate(schema: Candidate["settings"], value: unknown): string {
  if (schema === undefined) return `"settings":{},"schema":false`;
  const standard = schema["~standard"];
  if (typeof standard?.validate !== "function")
    return refuse("settings is not a Standard Schema; write one with valibot, such as v.object({ … })");
  const result = standard.validate(value) as { value?: unknown; issues?: readonly Issue[] } | Promise<unknown>;
  if (result instanceof Promise)
    return refuse("the settings' schema is asynchronous; nobody waits for it: use one that is synchronous");
  const { issues, value: validated } = result;
  if (issues !== undefined) return `"schema":true,"settings":null,"issues":[${issuesOf(issues)}]`;
  const foreign = notJson(validated, "settings");
  if (foreign !== undefined) throw new TypeError(`${foreign}; a policy gets its settings as JSON`);
  const settings = validated === undefined ? "null" : ((stringify(validated) as string | undefined) ?? "null");
  if (settings.length > MAX_SETTINGS) return refuse(`settings are longer than ${MAX_SETTINGS} characters of JSON`);
  return `"schema":true,"settings":${settings}`;
}

/** Says what would not survive JSON, such as a Map; a policy would see something else than its schema's type. */
function notJson(value: unknown, place: string): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return isFiniteNumber(value) ? undefined : `${place} is ${value}`;
  if (typeof value !== "object") return `${place} is a ${typeof value}`;
  const prototype: unknown = getPrototypeOf(value);
  if (!isArray(value) && prototype !== plain && prototype !== null) {
    return `${place} is a ${text(value.constructor?.name ?? "class instance")}`;
  }
  const members = entries(value);
  for (let index = 0; index < members.length; index += 1) {
    const { 0: key, 1: member } = members[index] as [string, unknown];
    const found = isArray(value) || member !== undefined ? notJson(member, `${place}.${key}`) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By index and not by an iterator or a method, which a policy may have replaced. */
function issuesOf(list: readonly Issue[]): string {
  let texts = "";
  const { length } = list;
  for (let index = 0; index < length && index < MAX_ISSUES; index += 1) {
    const { message, path } = list[index] as Issue;
    texts += `${index === 0 ? "" : ","}{"message":${quote(text(message))},"path":[${pathOf(path)}]}`;
  }
  const more = length > MAX_ISSUES ? `,{"message":"${length - MAX_ISSUES} more issues","path":[]}` : "";
  return texts + more;
}

/** A Standard Schema's path: keys, or objects that hold one. It ends before what is too long to be told. */
function pathOf(segments: readonly unknown[] | undefined): string {
  if (!isArray(segments)) return "";
  let keys = "";
  const { length } = segments;
  for (let index = 0; index < length && index < MAX_STEPS; index += 1) {
    const segment: unknown = segments[index];
    const key = typeof segment === "object" && segment !== null && "key" in segment ? segment.key : segment;
    const shown = typeof key === "number" ? json(key) : typeof key === "string" ? key : text(key);
    if (shown.length > MAX_STEP) break;
    keys += `${index === 0 ? "" : ","}${typeof key === "number" ? shown : quote(shown)}`;
  }
  return keys;
}
