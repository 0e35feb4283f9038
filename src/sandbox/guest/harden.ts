import { LOCKS, REMOVED } from "./removed.ts";

/** The functions that have no global name, by their usual ones. */
const NAMELESS: Readonly<Record<string, object>> = {
  AsyncFunction: (async () => {}).constructor,
  GeneratorFunction: function* () {}.constructor,
  AsyncGeneratorFunction: async function* () {}.constructor,
};

/**
 * Takes away what a policy must not have, all of the list and nothing else. Runs in a fresh context, before any of the
 * policy's code.
 *
 * @throws {Error} where the engine does not let go of a thing: then no policy may run.
 */
export function harden(): void {
  for (const { paths } of LOCKS) {
    for (const path of paths) {
      const { owner, key } = find(path);
      Object.defineProperty(owner, key, { value: undefined, writable: false, enumerable: false, configurable: false });
    }
  }
  for (const path of REMOVED) {
    const { owner, key } = find(path);
    if (!Reflect.deleteProperty(owner, key)) throw new Error(`Cannot remove ${path}: it is not configurable`);
  }
}

function find(path: string): { readonly owner: object; readonly key: string } {
  const names = path.split(".");
  const key = names.pop() as string;
  let owner: object = globalThis;
  for (const name of names) owner = NAMELESS[name] ?? (owner as Record<string, object>)[name] ?? missing(path);
  return { owner, key };
}

function missing(path: string): never {
  throw new Error(`Cannot remove ${path}: this engine does not have what holds it`);
}
