import { bundleFamily } from "../metrics/bundle-family.ts";
import type { DecisionCounts } from "../metrics/decision-counts.ts";
import type { Family } from "../metrics/family.ts";
import type { Load } from "./decisions.ts";

/** What the names begin with: what hooks decide by processes of their own is not among it, as it is in the log's metrics. */
const PREFIX = "virt_warden_serve";

/**
 * What a service tells of itself since its listener started.
 *
 * @param startedAt in milliseconds since 1970.
 * @param replaced How many evaluators another took the place of.
 */
export function serviceFamilies(
  counts: DecisionCounts,
  { digest, evaluators, running, waiting, undecided }: Load,
  { startedAt, replaced }: { readonly startedAt: number; readonly replaced: number },
): readonly Family[] {
  return [
    ...counts.families(PREFIX),
    counter("undecided", "Requests that were left to a process of the hook's own.", undecided),
    counter("replaced_evaluators", "Evaluators that others took the place of.", replaced),
    gauge("ready_evaluators", "Evaluators that can decide, now or after other decisions.", evaluators),
    gauge("running_decisions", "Decisions that are being made.", running),
    gauge("waiting_decisions", "Decisions that wait for an evaluator.", waiting),
    {
      ...gauge("start_timestamp_seconds", "When counts began, in seconds since 1970.", startedAt / 1000),
      unit: "seconds",
    },
    { ...bundleFamily(digest), name: `${PREFIX}_bundle` },
  ];
}

function counter(name: string, help: string, value: number): Family {
  return { name: `${PREFIX}_${name}`, type: "counter", help, samples: [{ value }] };
}

function gauge(name: string, help: string, value: number): Family {
  return { name: `${PREFIX}_${name}`, type: "gauge", help, samples: [{ value }] };
}
