import type { FoundScript } from "./installed-scripts.ts";

/** What a script of an earlier install names otherwise than the new one. */
export interface Repointed {
  readonly what: "bundle" | "launcher" | "socket";
  /** Absolute paths; of a socket perhaps `none`. */
  readonly was: string;
  readonly is: string;
}

/** What changes in the scripts that are there, each change once. Of a damaged one nobody can tell. */
export function repointed(
  found: readonly FoundScript[],
  now: Readonly<Record<Repointed["what"], string>>,
): readonly Repointed[] {
  return (["bundle", "launcher", "socket"] as const).flatMap((what) => {
    const named = new Set(
      found.flatMap(({ script }) => (what === "socket" ? script?.warm?.socket : script?.[what]) ?? []),
    );
    named.delete(now[what]);
    return [...named].sort().map((was) => ({ what, was, is: now[what] }));
  });
}
