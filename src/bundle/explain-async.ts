/** A function that gives a promise where one is wanted that gives nothing: the compiler prints both types. */
const PROMISE = /^Type '.*=> Promise(?:Like)?<.*' is not assignable to type '.*=> undefined'\.?$/;

/** The function's name, as a property or a method. */
const NAME = /^(?:async\s+)?(check|rewrite)\b/;

/**
 * Says of a policy's function that it may not be asynchronous, without the compiler's types.
 *
 * @param source gives the source code from the error's place on.
 * @returns undefined where the message is about something else.
 */
export function explainAsync(code: string, message: string, source: () => string | undefined): string | undefined {
  if (code !== "TS2322" || !PROMISE.test(message)) return undefined;
  const [, name = "the function"] = NAME.exec(source() ?? "") ?? [];
  return `${name} must be synchronous: nobody waits for a promise; drop async and await`;
}
