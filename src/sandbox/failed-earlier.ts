import type { Limits } from "../bundle/manifest.ts";
import type { Failure } from "../engine/decision.ts";
import { explainMemory, explainTimeout } from "./explain-stop.ts";

/**
 * Reads which policies already ended an evaluator of this decision.
 *
 * @param text `name:kind` by commas, as the wall's outer side collects them; kind is `timeout`, `memory`, `kill` or
 * `crash`.
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
  if (kind === "timeout") return { kind, message: explainTimeout(limits) };
  const exhausted = explainMemory(limits);
  if (kind === "memory") return { kind, message: exhausted };
  // neither says whether the data limit was met, or a fault of V8
  const how = kind === "kill" ? "its process was killed" : "it crashed its process";
  return { kind: "memory", message: `${exhausted}, or ${how}` };
}
