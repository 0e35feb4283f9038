import { call, failure } from "./call.ts";
import { contextOf, logs, type Request } from "./context.ts";
import { findings } from "./findings.ts";

// apart, so that no flood of warnings drops a denial
const denials = findings("deny");
const warnings = findings("warn");
const recorders = { deny: denials.as("deny"), warn: warnings.as("warn") };

/**
 * Loads a policy and runs its check. What it found is asked for later, by {@link result}: between the two calls V8 runs
 * what the policy left to promises, whose denials count as well.
 *
 * @param load Evaluates the policy's code and returns its module.
 */
export function check(load: () => { default?: unknown }, request: Request): void {
  call(load, "check", contextOf(request, recorders));
}

/**
 * What was found so far, also where the check never came to its end. Runs the policy's code at most the first time, where
 * a promise was rejected that nobody handled.
 *
 * @returns JSON of a `CheckResult` (`../check-result.ts`).
 */
export function result(): string {
  const error = failure();
  const found = `"denials":${denials.collected()},"warnings":${warnings.collected()},"logs":${logs.collected()}`;
  return `{${found},"error":${error}}`;
}
