import type { Event } from "../../typings/events.d.ts";
import type { Bundle } from "../bundle/bundle.ts";
import type { Decision } from "../engine/decision.ts";
import { EVENTS, isEvent } from "../hook/events.ts";
import { hookWords } from "../hook/invocation.ts";
import { evaluateDocument } from "../sandbox/evaluate.ts";
import { SAMPLE_NAME, sampleDocument } from "./sample-documents.ts";

/** What the policies of a bundle say of the smallest guest or network at an event. */
export interface SampleDecision {
  readonly event: Event;
  readonly decision: Decision;
  /** Wall time of all of it, the start of the evaluator's process included, in milliseconds. */
  readonly ms: number;
}

/**
 * The events where a decision that fails would refuse every start, of those that a bundle's policies watch.
 *
 * @param watch as the bundle's launch file has it.
 */
export function admissionsOf(watch: readonly string[]): readonly Event[] {
  return watch.filter(isEvent).filter((event) => EVENTS[event].nonZeroExit === "refuses");
}

/**
 * Decides a sample at each event, by the real evaluator inside the real wall, one after the other. Status 1 is a policy's
 * strictness; 2 and 3 say that the host cannot decide.
 */
export async function decideSamples(bundle: Bundle, events: readonly Event[]): Promise<readonly SampleDecision[]> {
  const samples: SampleDecision[] = [];
  for (const event of events) {
    const [hook = "", , ...rest] = hookWords(event) ?? [];
    const began = performance.now();
    const document = Buffer.from(sampleDocument(event));
    const decision = await evaluateDocument(bundle, [hook, SAMPLE_NAME, ...rest], document);
    samples.push({ event, decision, ms: Math.round(performance.now() - began) });
  }
  return samples;
}
