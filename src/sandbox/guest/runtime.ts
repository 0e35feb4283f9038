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
 * The host's way in: `check` or `rewrite` with the context's and the tree's JSON, or `describe` with the settings' JSON;
 * then `result`.
 */
export function enter(command: string, load: () => { default?: unknown }, first: string, second: string): string {
  if (command === "result") return answer();
  if (command === "check") check(load, { context: first, xml: second });
  if (command === "rewrite") {
    answer = rewritten;
    rewrite(load, { context: first, xml: second });
  }
  if (command === "describe") {
    answer = description;
    describe(load, first);
  }
  return "";
}
