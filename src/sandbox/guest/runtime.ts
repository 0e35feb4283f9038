/**
 * What runs inside a policy's context before the policy does. It is bundled into one expression, whose value the host
 * keeps as its only way in; texts go in, one text comes out.
 */
import { check, result } from "./check.ts";
import { describe } from "./describe.ts";
import { harden } from "./harden.ts";

harden();

/**
 * The host's way in: `check` with the context's and the tree's JSON, then `result`; or `describe` with the settings'
 * JSON.
 */
export function enter(command: string, load: () => { default?: unknown }, first: string, second: string): string {
  if (command === "describe") return describe(load, first);
  if (command === "check") check(load, { context: first, xml: second });
  return command === "check" ? "" : result();
}
