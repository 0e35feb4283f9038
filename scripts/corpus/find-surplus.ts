import { memberOf } from "./member-of.ts";
import { shown } from "./shown.ts";
import type { Walk } from "./walk.ts";

/** Goes through a model for what was not reached from the document. */
export function findSurplus(model: unknown, place: string, walk: Walk): void {
  if (!Array.isArray(model) && !walk.reached.has(place)) {
    walk.differences.push({ place, message: `is ${shown(model)} in the model, and the document has no such` });
    return;
  }
  if (typeof model !== "object" || model === null || walk.whole.has(place)) return;
  const entries = Array.isArray(model) ? [...model.entries()] : Object.entries(model);
  for (const [key, value] of entries) findSurplus(value, memberOf(place, key), walk);
}
