import type { Meanings } from "./meanings.ts";

/**
 * Puts the same meanings under several parents: a disk's source is also that of its backing store.
 *
 * @param parents What stands before each key, such as `disk`.
 */
export function under(parents: readonly string[], meanings: Meanings): Meanings {
  const entries = Object.entries(meanings);
  return Object.fromEntries(parents.flatMap((parent) => entries.map(([key, text]) => [`${parent}/${key}`, text])));
}
