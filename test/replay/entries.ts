import { EVENT_CALLS, type EventCalls } from "./calls.ts";
import type { ReplayedCall } from "./replay.ts";

/** A call with its event's entry. */
export type Entry = ReplayedCall & Omit<EventCalls, "calls"> & { readonly event: string };

/** Each way in which libvirt reports each event. */
export const ALL: readonly Entry[] = EVENT_CALLS.flatMap(({ calls, ...event }) =>
  calls.map((call) => ({ ...event, ...call })),
);

/** One way for each event, that of the newer libvirt. */
export const ONE_EACH: readonly Entry[] = EVENT_CALLS.map(({ calls: [first, ...others], ...event }) => ({
  ...event,
  ...(others.at(-1) ?? first),
}));

/** Names a call, for reports. */
export const name = ({ event, extra, version }: Entry) =>
  `${event} ${extra}${version === undefined ? "" : ` of ${version}`}`;
