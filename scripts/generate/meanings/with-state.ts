import type { Meanings } from "./meanings.ts";

/** Adds to the meaning of each element what its attribute `state` means. */
export function withState(elements: Meanings, state: string): Meanings {
  return { ...elements, ...Object.fromEntries(Object.keys(elements).map((element) => [`${element}/@state`, state])) };
}
