import type { Finding } from "../engine/decision.ts";

/** Why a finding has no effect, in brackets; "" where it has. */
export function findingNote({ mode, exempt }: Finding): string {
  const notes = [
    ...(mode === "enforce" ? [] : [`mode ${mode}`]),
    ...(exempt === undefined ? [] : [`exempt: ${exempt.reason}${exempt.expires ? `, until ${exempt.expires}` : ""}`]),
  ];
  return notes.length === 0 ? "" : `[${notes.join("; ")}]`;
}
