import { markUnits } from "./mark-units.ts";
import { describeThrown, json, quote, text } from "./text.ts";

const { defineProperty } = Object;
const { parse } = JSON;

/** More findings, or log messages, than this are counted but dropped. */
const MAX_RECORDS = 100;

/** What `check` is given: texts, since nothing else crosses into the isolate. */
export interface CheckRequest {
  /** JSON of the context's plain members, `domain` and `settings` among them. */
  readonly context: string;
  /** JSON of the generic tree; `""` for none. */
  readonly xml: string;
}

/** What a policy's module must have as its default export. */
interface Definition {
  readonly check: (context: object) => unknown;
}

/** JSON texts collected in a closure: what a policy does to arrays or to JSON cannot reach them. */
function collector(): { add(record: string): void; json(): string } {
  let records = "";
  let count = 0;
  return {
    add(record) {
      count += 1;
      if (count <= MAX_RECORDS) records += count === 1 ? record : `,${record}`;
    },
    json() {
      return `{"kept":[${records}],"dropped":${count > MAX_RECORDS ? count - MAX_RECORDS : 0}}`;
    },
  };
}

// apart, so that no flood of warnings drops a denial
const denials = collector();
const warnings = collector();
const logs = collector();
let error = "null";

/**
 * Loads a policy and runs its check. What it found is asked for later, by {@link result}: between the two calls V8 runs
 * what the policy left to promises, whose denials count as well.
 *
 * @param load Evaluates the policy's code and returns its module.
 */
export function check(load: () => { default?: unknown }, request: CheckRequest): void {
  try {
    error = judge(load, request, { deny: denials.add, warn: warnings.add, log: logs.add });
  } catch (thrown) {
    error = `{"kind":"exception","message":${quote(describeThrown(thrown))}}`;
  }
}

/** @returns JSON of a `CheckResult` (`../run-policy.ts`). */
export function result(): string {
  return `{"denials":${denials.json()},"warnings":${warnings.json()},"logs":${logs.json()},"error":${error}}`;
}

function judge(
  load: () => { default?: unknown },
  request: CheckRequest,
  add: Readonly<Record<"deny" | "warn" | "log", (record: string) => void>>,
): string {
  const context = parse(request.context);
  if (context.domain !== undefined) markUnits(context.domain, request.context);
  const find = (level: "deny" | "warn") => (reason: unknown, place?: { at?: unknown }) => {
    add[level](`{"level":"${level}","reason":${quote(reasonText(reason))}${placeText(place)}}`);
  };
  const write = (level: string) => (message: unknown, fields?: unknown) => {
    const extra = fields === undefined ? "" : `,"fields":${json(fields)}`;
    add.log(`{"level":"${level}","message":${quote(text(message))}${extra}}`);
  };
  context.deny = find("deny");
  context.warn = find("warn");
  context.log = { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
  if (request.xml !== "") lazily(context, "xml", request.xml);
  const definition = load().default as Definition;
  const result = definition.check(context);
  return result === undefined ? "null" : `{"kind":"invalid","message":${quote(returned(result))}}`;
}

/** A reason that cannot be made a text is still a reason. */
function reasonText(reason: unknown): string {
  try {
    return text(reason);
  } catch {
    return "a reason that has no text";
  }
}

/** A place that cannot be read is left out: a denial stays a denial. */
function placeText(place: { at?: unknown } | undefined): string {
  try {
    const at = place?.at;
    return at === undefined ? "" : `,"at":${quote(text(at))}`;
  } catch {
    return "";
  }
}

/** Parses a large member when it is first read. */
function lazily(target: object, name: string, source: string): void {
  let value: unknown;
  defineProperty(target, name, {
    enumerable: true,
    configurable: true,
    get() {
      value ??= parse(source);
      return value;
    },
  });
}

function returned(result: unknown): string {
  const what = result instanceof Promise ? "a promise; it must be synchronous" : `a value (${typeof result})`;
  return `check returned ${what}; findings are made with deny(reason)`;
}
