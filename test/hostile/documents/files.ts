import { readFileSync } from "node:fs";
import type { Event } from "../../../typings/events.d.ts";
import type { DocumentAttempt, Outcome } from "./attempt.ts";

/** An attempt whose document is the file of its name in the folder `files`, byte for byte. */
export function small(name: string, attempts: string, outcome: Outcome, event?: Event): DocumentAttempt {
  return {
    name,
    attempts,
    ...(event && { event }),
    document: () => readFileSync(new URL(`files/${name}.xml`, import.meta.url)),
    outcome,
  };
}
