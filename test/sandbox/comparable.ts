import type { Decision } from "../../src/engine/decision.ts";

/** A decision without what is another one each time: its id and times. */
export function comparable({ id: _, durations: __, policies, ...decision }: Decision): object {
  return { ...decision, policies: policies.map(({ name, outcome }) => [name, outcome]) };
}
