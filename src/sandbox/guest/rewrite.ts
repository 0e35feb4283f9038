import { call, failure, invalid } from "./call.ts";
import { contextOf, logs, type Request } from "./context.ts";
import { edit, editFault, editsMade } from "./edits.ts";

/**
 * Loads a policy and runs its rewrite. What it asks for is asked for later, by {@link rewritten}: between the two calls V8
 * runs what the policy left to promises, whose edits count as well.
 *
 * @param load Evaluates the policy's code and returns its module.
 */
export function rewrite(load: () => { default?: unknown }, request: Request): void {
  call(load, "rewrite", contextOf(request, { edit }));
}

/**
 * What the policy asked for so far, with the first thing that went wrong. Runs the policy's code at most the first time,
 * where a promise was rejected that nobody handled.
 *
 * @returns JSON of a `RewriteResult` (`../rewrite-result.ts`).
 */
export function rewritten(): string {
  const failed = failure();
  const fault = editFault();
  const error = failed === "null" && fault !== undefined ? invalid(fault) : failed;
  return `{"edits":${editsMade()},"logs":${logs.collected()},"error":${error}}`;
}
