import { describeThrown, quote, text } from "./text.ts";

const { parse, stringify } = JSON;
const { isArray } = Array;

/** What a policy's default export may hold, before anything is known of it. */
interface Candidate {
  readonly name?: unknown;
  readonly description?: unknown;
  readonly on?: unknown;
  readonly check?: unknown;
  readonly settings?: { readonly "~standard"?: { readonly validate?: (value: unknown) => unknown } };
}

interface Issue {
  readonly message?: unknown;
  readonly path?: readonly unknown[];
}

/**
 * Loads a policy, reads its definition and validates its settings.
 *
 * @param configured JSON of the configured settings by policy name.
 * @returns JSON of a `GuestDescription` (`../describe-policy.ts`).
 */
export function describe(load: () => { default?: unknown }, configured: string): string {
  let name = "null";
  try {
    // an empty file has no module at all
    const candidate = (load() as { default?: unknown } | undefined)?.default as Candidate | undefined | null;
    if (typeof candidate !== "object" || candidate === null) return failure("no-default-export", NO_DEFAULT, name);
    name = json(candidate.name);
    if (typeof candidate.check !== "function") return failure("invalid", "check is not a function", name);
    const settings = parse(configured) as Record<string, unknown>;
    const own = Object.hasOwn(settings, String(candidate.name)) ? settings[String(candidate.name)] : undefined;
    const validated = validate(candidate.settings, own ?? {});
    return `{"ok":true,"name":${name},"description":${description(candidate.description)},"on":${json(candidate.on)},${validated}}`;
  } catch (thrown) {
    return failure("exception", describeThrown(thrown), name);
  }
}

const NO_DEFAULT = "no default export; write `export default definePolicy({ … })`";

function description(value: unknown): string {
  return typeof value === "string" ? quote(text(value)) : "null";
}

function failure(code: string, message: string, name: string): string {
  return `{"ok":false,"code":"${code}","message":${quote(message)},"name":${name}}`;
}

function json(value: unknown): string {
  return value === undefined ? "null" : (stringify(value) ?? "null");
}

/**
 * Runs a Standard Schema.
 * @see https://standardschema.dev
 */
function validate(schema: Candidate["settings"], value: unknown): string {
  if (schema === undefined) return `"settings":{},"schema":false`;
  const standard = schema["~standard"];
  if (typeof standard?.validate !== "function") throw new TypeError("settings is not a Standard Schema");
  const result = standard.validate(value) as { value?: unknown; issues?: readonly Issue[] } | Promise<unknown>;
  if (result instanceof Promise) throw new TypeError("the settings' schema is asynchronous; it must be synchronous");
  if (result.issues !== undefined) return `"schema":true,"settings":null,"issues":[${issues(result.issues)}]`;
  const foreign = notJson(result.value, "settings");
  if (foreign !== undefined) throw new TypeError(`${foreign}; a policy gets its settings as JSON`);
  return `"schema":true,"settings":${json(result.value)}`;
}

/** Says what would not survive JSON, such as a Map; a policy would see something else than its schema's type. */
function notJson(value: unknown, place: string): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${place} is ${value}`;
  if (typeof value !== "object") return `${place} is a ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!isArray(value) && prototype !== Object.prototype && prototype !== null) {
    return `${place} is a ${text(value.constructor?.name ?? "class instance")}`;
  }
  const members = Object.entries(value).filter(([, member]) => isArray(value) || member !== undefined);
  return members.map(([key, member]) => notJson(member, `${place}.${key}`)).find((found) => found !== undefined);
}

function issues(list: readonly Issue[]): string {
  return list.map((issue) => `{"message":${quote(text(issue.message))},"path":${json(path(issue.path))}}`).join(",");
}

/** A Standard Schema's path: keys, or objects that hold one. */
function path(segments: readonly unknown[] | undefined): (string | number)[] {
  if (!isArray(segments)) return [];
  return segments.map((segment: unknown) => {
    const key = typeof segment === "object" && segment !== null && "key" in segment ? segment.key : segment;
    return typeof key === "number" ? key : String(key);
  });
}
