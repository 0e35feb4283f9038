import { unhandledRejection } from "./rejections.ts";
import { describeThrown, quote, type Thrown } from "./text.ts";

const { apply } = Reflect;
const { [Symbol.hasInstance]: isInstance } = Function.prototype;
const PromiseOfOld = Promise;

/** The functions of a policy that are called with a context, and how each says what it has to say. */
const ANSWERS = { check: "findings are made with deny(reason)", rewrite: "changes are made with edit" };

/** What a policy's module must have as its default export. */
type Definition = Readonly<Record<keyof typeof ANSWERS, (context: object) => unknown>>;

let error = "null";

/**
 * Loads a policy and calls one of its functions. How that went is asked for later, by {@link failure}: between the two V8
 * runs what the policy left to promises.
 *
 * @param load Evaluates the policy's code and returns its module.
 */
export function call(load: () => { default?: unknown }, name: keyof typeof ANSWERS, context: object): void {
  try {
    const returned = (load().default as Definition)[name](context);
    if (returned !== undefined) error = invalid(complaint(name, returned));
  } catch (thrown) {
    error = exception(describeThrown(thrown));
  }
}

/**
 * How the call failed, so far. Runs the policy's code at most the first time, where a promise was rejected that nobody
 * handled.
 *
 * @returns JSON of an error, `null` for none.
 */
export function failure(): string {
  const rejection = error === "null" ? unhandledRejection() : undefined;
  if (rejection !== undefined) error = exception(rejection);
  return error;
}

/** JSON of an error that is none of the policy's own. */
export function invalid(message: string): string {
  return `{"kind":"invalid","message":${quote(message)}}`;
}

function exception({ message, stack }: Thrown): string {
  const trace = stack === undefined ? "" : `,"stack":${quote(stack)}`;
  return `{"kind":"exception","message":${quote(message)}${trace}}`;
}

function complaint(name: keyof typeof ANSWERS, returned: unknown): string {
  const what = isPromise(returned) ? "a promise; it must be synchronous" : `a value (${typeof returned})`;
  return `${name} returned ${what}; ${ANSWERS[name]}`;
}

function isPromise(value: unknown): boolean {
  try {
    return apply(isInstance, PromiseOfOld, [value]);
  } catch {
    // a proxy that does not say what it is
    return false;
  }
}
