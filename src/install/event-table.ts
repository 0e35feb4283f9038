import { EVENTS, type ExitEffect, eventEntry, refuses } from "../hook/events.ts";
import type { Hook } from "./places.ts";

/** Why a script may fail at these, or may not. */
const NOTES: Readonly<Record<ExitEffect, string>> = {
  refuses: "known=yes refuses=yes ;; # failing refuses what was asked for",
  kills: "known=yes ;; # failing would end what already runs",
  ignored: "known=yes ;; # libvirt does not look how it ends",
};

/** Every operation that some hook has. */
export const OPERATIONS: readonly string[] = [
  ...new Set(Object.keys(EVENTS).map((event) => event.slice(event.indexOf("/") + 1))),
];

/**
 * The part of the event table that is a hook's own, as the cases of a shell's `case $operation in`: they set `known`
 * where libvirt has the operation, and `refuses` where a failure may refuse.
 */
export function eventTable(hook: Hook): string {
  const lines = Object.entries(NOTES).map(([effect, note]) => {
    const operations = operationsOf(hook).filter((operation) => eventEntry(hook, operation)?.nonZeroExit === effect);
    return caseLine(operations, note);
  });
  const later = OPERATIONS.filter((name) => eventEntry(hook, name) === undefined && refuses(hook, name));
  return [...lines, caseLine(later, "refuses=yes ;; # no libvirt so far")].filter((line) => line !== "").join("\n");
}

function operationsOf(hook: Hook): readonly string[] {
  const start = `${hook}/`;
  return Object.keys(EVENTS).flatMap((event) => (event.startsWith(start) ? event.slice(start.length) : []));
}

function caseLine(operations: readonly string[], note: string): string {
  return operations.length === 0 ? "" : `${operations.join(" | ")}) ${note}`;
}
