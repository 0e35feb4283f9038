/**
 * What runs inside a policy's context before the policy does. It is bundled into one expression, whose value the host
 * keeps as its only way in; texts go in, one text comes out.
 */
import { check, result } from "./check.ts";
import { describe, description } from "./describe.ts";
import { harden } from "./harden.ts";
import { watchPromises } from "./promises.ts";
import { rewrite, rewritten } from "./rewrite.ts";

watchPromises();
harden();

let answer = result;

/**
 * The host's way in: `check` or `rewrite` with the context's text, the length of its outline and the settings' JSON, or
 * `describe` with the settings' JSON; then `result`.
 */
export function enter(
  command: string,
  load: () => { default?: unknown },
  text: string,
  head: number,
  settings: string,
): string {
  if (command === "result") return answer();
  if (command === "check") check(load, { text, head, settings });
  if (command === "rewrite") {
    answer = rewritten;
    rewrite(load, { text, head, settings });
  }
  if (command === "describe") {
    answer = description;
    describe(load, text);
  }
  return "";
}
