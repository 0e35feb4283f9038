import type { Meanings } from "./meanings.ts";

/** Finds what a part of an element means. */
export interface MeaningLookup {
  /**
   * @param path The names of elements from the root's to the one that the part belongs to.
   * @param part `@name` of an attribute, `name` of a child element, `text()`.
   * @returns `""` where nothing is written down.
   */
  find(path: readonly string[], part: string): string;
  /** The keys that nothing was found by. */
  unused(): string[];
}

/** Makes a look-up in which a longer key goes before a shorter one: `interface/source/@mode`, then `source/@mode`, then `@mode`. */
export function createLookup(meanings: Meanings): MeaningLookup {
  const unused = new Set(Object.keys(meanings));
  return {
    find(path, part) {
      for (let start = 0; start <= path.length; start += 1) {
        const key = [...path.slice(start), part].join("/");
        if (!Object.hasOwn(meanings, key)) continue;
        unused.delete(key);
        return meanings[key] ?? "";
      }
      return "";
    },
    unused: () => [...unused],
  };
}
