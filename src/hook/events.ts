import type { Event } from "../../typings/events.d.ts";

/**
 * What a non-zero exit does to an event:
 * `refuses` stops what was asked for; `kills` ends a guest that already runs; `ignored` does nothing.
 */
export type ExitEffect = "refuses" | "kills" | "ignored";

/** What stdin holds at an event. */
export type DocumentKind = "domain" | "hookData" | "none";

/** What libvirt does at an event. */
export interface EventEntry {
  readonly document: DocumentKind;
  readonly nonZeroExit: ExitEffect;
}

const guest = (nonZeroExit: ExitEffect): EventEntry => ({ document: "domain", nonZeroExit });
const network = (nonZeroExit: ExitEffect): EventEntry => ({ document: "hookData", nonZeroExit });
const daemon: EventEntry = { document: "none", nonZeroExit: "ignored" };

/**
 * Every event that libvirt reports to a hook script.
 * @see https://libvirt.org/hooks.html and virHookCall's callers in libvirt's src/
 */
export const EVENTS: Readonly<Record<Event, EventEntry>> = {
  "qemu/prepare": guest("refuses"),
  "qemu/start": guest("refuses"),
  "qemu/started": guest("kills"),
  "qemu/stopped": guest("ignored"),
  "qemu/release": guest("ignored"),
  "qemu/migrate": guest("refuses"),
  "qemu/restore": guest("refuses"),
  "qemu/reconnect": guest("kills"),
  // documented, and called by no libvirt so far
  "qemu/attach": guest("kills"),
  "lxc/prepare": guest("refuses"),
  "lxc/start": guest("refuses"),
  "lxc/started": guest("kills"),
  "lxc/stopped": guest("ignored"),
  "lxc/release": guest("ignored"),
  "lxc/reconnect": guest("kills"),
  "libxl/prepare": guest("refuses"),
  "libxl/start": guest("refuses"),
  "libxl/started": guest("kills"),
  "libxl/stopped": guest("ignored"),
  "libxl/release": guest("ignored"),
  "libxl/migrate": guest("refuses"),
  "libxl/reconnect": guest("kills"),
  "bhyve/prepare": guest("refuses"),
  "bhyve/start": guest("refuses"),
  "bhyve/started": guest("kills"),
  "bhyve/stopped": guest("ignored"),
  "bhyve/release": guest("ignored"),
  "network/start": network("refuses"),
  // a refusal would take down a network that guests may already use
  "network/started": network("kills"),
  "network/updated": network("ignored"),
  "network/stopped": network("ignored"),
  "network/port-created": network("refuses"),
  "network/port-deleted": network("ignored"),
  "daemon/start": daemon,
  "daemon/shutdown": daemon,
  "daemon/reload": daemon,
};

/**
 * Looks an event up.
 *
 * @returns The event's entry, or `undefined` where libvirt has no such event.
 */
export function eventEntry(hook: string, operation: string): (EventEntry & { readonly event: Event }) | undefined {
  const event = `${hook}/${operation}`;
  return isEvent(event) ? { event, ...EVENTS[event] } : undefined;
}

/** Whether a text is an event that libvirt reports. */
export function isEvent(event: string): event is Event {
  return Object.hasOwn(EVENTS, event);
}

const ADMISSIONS: readonly string[] = ["prepare", "start", "migrate", "restore", "port-created"];

/**
 * Whether a refusal takes effect: where something asks for admission, and nowhere else, also for hooks and operations
 * that are not known. An unknown operation may be about a running guest.
 */
export function refuses(hook: string, operation: string): boolean {
  const entry = eventEntry(hook, operation);
  return entry === undefined ? ADMISSIONS.includes(operation) : entry.nonZeroExit === "refuses";
}

/** Whether libvirt has a hook script of this name. */
export function isKnownHook(hook: string): boolean {
  return Object.keys(EVENTS).some((event) => event.startsWith(`${hook}/`));
}
