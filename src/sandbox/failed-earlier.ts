import type { Limits } from "../bundle/manifest.ts";
import type { Failure } from "../engine/decision.ts";
import { explainMemory, explainTimeout } from "./explain-stop.ts";

/**
 * Reads which policies already ended an evaluator of this decision.
 *
 * @param text `name:kind` by commas, as the wall's outer side collects them; kind is `timeout` or `crash`.
 */
export function failedEarlier(text: string, limits: Limits): ReadonlyMap<string, Pick<Failure, "kind" | "message">> {
  const entries = text.split(",").filter((entry) => entry !== "");
  return new Map(
    entries.map((entry) => {
      const colon = entry.lastIndexOf(":");
      return [entry.slice(0, colon), explain(entry.slice(colon + 1), limits)];
    }),
  );
}

function explain(kind: string, limits: Limits): Pick<Failure, "kind" | "message"> {
  if (kind === "timeout") return { kind: "timeout", message: explainTimeout(limits) };
  return { kind: "memory", message: `${explainMemory(limits)}, or crashed its process` };
}
