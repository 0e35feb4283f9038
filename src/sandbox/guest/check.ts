import { bound, findings, messages } from "./findings.ts";
import { markUnits } from "./mark-units.ts";
import { unhandledRejection } from "./rejections.ts";
import { describeThrown, quote, type Thrown } from "./text.ts";

const { defineProperty } = Object;
const { parse } = JSON;
const { apply } = Reflect;
const { [Symbol.hasInstance]: isInstance } = Function.prototype;
const PromiseOfOld = Promise;

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

// apart, so that no flood of warnings drops a denial
const denials = findings("deny");
const warnings = findings("warn");
const logs = messages();
let error = "null";

/**
 * Loads a policy and runs its check. What it found is asked for later, by {@link result}: between the two calls V8 runs
 * what the policy left to promises, whose denials count as well.
 *
 * @param load Evaluates the policy's code and returns its module.
 */
export function check(load: () => { default?: unknown }, request: CheckRequest): void {
  const context = contextOf(request);
  try {
    const returned = (load().default as Definition).check(context);
    if (returned !== undefined) error = `{"kind":"invalid","message":${quote(complaint(returned))}}`;
  } catch (thrown) {
    error = exception(describeThrown(thrown));
  }
}

/**
 * What was found so far, also where the check never came to its end. Runs the policy's code at most the first time, where
 * a promise was rejected that nobody handled.
 *
 * @returns JSON of a `CheckResult` (`../check-result.ts`).
 */
export function result(): string {
  const rejection = error === "null" ? unhandledRejection() : undefined;
  if (rejection !== undefined) error = exception(rejection);
  const found = `"denials":${denials.collected()},"warnings":${warnings.collected()},"logs":${logs.collected()}`;
  return `{${found},"error":${error}}`;
}

function exception({ message, stack }: Thrown): string {
  const trace = stack === undefined ? "" : `,"stack":${quote(stack)}`;
  return `{"kind":"exception","message":${quote(message)}${trace}}`;
}

function contextOf(request: CheckRequest): object {
  const context = parse(request.context);
  if (context.domain !== undefined) markUnits(context.domain, request.context);
  context.deny = denials.record;
  context.warn = warnings.record;
  context.log = { debug: logs.at("debug"), info: logs.at("info"), warn: logs.at("warn"), error: logs.at("error") };
  if (request.xml !== "") lazily(context, "xml", request.xml);
  return context;
}

/** Parses a large member when it is first read. */
function lazily(target: object, name: string, source: string): void {
  let value: unknown;
  const get = bound(() => {
    value ??= parse(source);
    return value;
  });
  defineProperty(target, name, { enumerable: true, configurable: true, get });
}

function complaint(returned: unknown): string {
  const what = isPromise(returned) ? "a promise; it must be synchronous" : `a value (${typeof returned})`;
  return `check returned ${what}; findings are made with deny(reason)`;
}

function isPromise(value: unknown): boolean {
  try {
    return apply(isInstance, PromiseOfOld, [value]);
  } catch {
    // a proxy that does not say what it is
    return false;
  }
}
