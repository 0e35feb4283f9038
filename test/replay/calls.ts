import type { ExitEffect } from "../../src/hook/events.ts";
import type { Event, ReleaseReason } from "../../typings/events.d.ts";
import type { DocumentName } from "./documents.ts";
import { LIVE_TESTS, type LiveTest } from "./live-tests.ts";

/** How libvirt calls a hook script at an event: `SCRIPT OBJECT OPERATION SUBOPERATION EXTRA`. */
export interface HookCall {
  readonly object: string;
  readonly suboperation: "begin" | "end" | "-";
  readonly extra: string;
  /** What the script reads from stdin, where it is not `/dev/null`. */
  readonly document?: DocumentName;
  /** Whether the document holds passwords. */
  readonly secrets?: boolean;
  /** The libvirt that calls so; both versions unless given. */
  readonly version?: "9.0" | "11.3";
}

/** An event with all the ways in which libvirt reports it. */
export interface EventCalls {
  /** What becomes of the call's purpose where a policy denies. */
  readonly denial: ExitEffect;
  /** Whether libvirt takes what the script prints for the new document. */
  readonly readsStdout?: boolean;
  /** Whether libvirt's page documents it and no libvirt so far calls it. */
  readonly neverCalled?: boolean;
  readonly calls: readonly [HookCall, ...HookCall[]];
  /** The test with a real libvirt that exercises it, where there is one. */
  readonly live?: LiveTest;
}

/** The daemon that runs a hook where each driver has one of its own; else it is libvirtd. */
export const DAEMONS: Readonly<Record<string, string>> = {
  qemu: "virtqemud",
  lxc: "virtlxcd",
  libxl: "virtxend",
  bhyve: "virtbhyved",
  network: "virtnetworkd",
};

/** Why a guest ended, as these drivers say since libvirt 10.5. */
const QEMU_REASONS: readonly ReleaseReason[] = [
  "unknown",
  "shutdown",
  "destroyed",
  "crashed",
  "migrated",
  "saved",
  "failed",
  "from snapshot",
  "daemon",
];
const LXC_REASONS: readonly ReleaseReason[] = ["shutdown", "destroyed", "failed"];

const begin = (document: DocumentName, object = "web1"): HookCall => ({
  object,
  suboperation: "begin",
  extra: "-",
  document,
});
const end = (document: DocumentName, object = "web1"): HookCall => ({
  ...begin(document, object),
  suboperation: "end",
});
const secret = (document: DocumentName): HookCall => ({ ...begin(document), secrets: true });
const refuses = (call: HookCall): EventCalls => ({ denial: "refuses", calls: [call] });
const kills = (call: HookCall): EventCalls => ({ denial: "kills", calls: [call] });
const ignored = (...calls: EventCalls["calls"]): EventCalls => ({ denial: "ignored", calls });
const rewrites = (call: HookCall): EventCalls => ({ ...refuses(call), readsStdout: true });
/** Before 10.5 there was no reason. */
const released = (document: DocumentName, reasons: readonly ReleaseReason[]): EventCalls =>
  ignored(
    { ...end(document), version: "9.0" },
    ...reasons.map((extra) => ({ ...end(document), extra, version: "11.3" }) as const),
  );
/** 9.0's driver for bhyve passes no document. */
const bhyve = (call: HookCall): EventCalls["calls"] => {
  const { document: _, ...bare } = call;
  return [
    { ...bare, version: "9.0" },
    { ...call, version: "11.3" },
  ];
};
const daemon = (suboperation: HookCall["suboperation"], extra: string): EventCalls => ({
  denial: "ignored",
  calls: [{ object: "-", suboperation, extra }],
});

/**
 * Each event as libvirt 9.0 and 11.3 report it.
 * @see https://libvirt.org/hooks.html and virHookCall's callers in libvirt's src/
 */
const CALLS: Readonly<Record<Event, EventCalls>> = {
  "qemu/prepare": refuses(begin("qemu")),
  "qemu/start": refuses(begin("qemu")),
  "qemu/started": kills(begin("qemu")),
  "qemu/stopped": ignored(end("qemu")),
  "qemu/release": released("qemu", QEMU_REASONS),
  "qemu/migrate": rewrites(secret("qemu")),
  "qemu/restore": rewrites(secret("qemu")),
  "qemu/reconnect": kills(begin("qemu")),
  "qemu/attach": { ...kills(begin("qemu")), neverCalled: true },
  "lxc/prepare": refuses(begin("lxc")),
  "lxc/start": refuses(begin("lxc")),
  "lxc/started": kills(begin("lxc")),
  "lxc/stopped": ignored(end("lxc")),
  "lxc/release": released("lxc", LXC_REASONS),
  "lxc/reconnect": kills(begin("lxc")),
  "libxl/prepare": refuses(begin("libxl")),
  "libxl/start": refuses(begin("libxl")),
  "libxl/started": kills(begin("libxl")),
  "libxl/stopped": ignored(end("libxl")),
  "libxl/release": ignored(end("libxl")),
  "libxl/migrate": rewrites(secret("libxl")),
  "libxl/reconnect": kills(begin("libxl")),
  "bhyve/prepare": { denial: "refuses", calls: bhyve(begin("bhyve")) },
  "bhyve/start": { denial: "refuses", calls: bhyve(begin("bhyve")) },
  "bhyve/started": { denial: "kills", calls: bhyve(begin("bhyve")) },
  "bhyve/stopped": { denial: "ignored", calls: bhyve(end("bhyve")) },
  "bhyve/release": { denial: "ignored", calls: bhyve(end("bhyve")) },
  "network/start": refuses(begin("network", "default")),
  "network/started": kills(begin("network", "default")),
  "network/updated": ignored(begin("network", "default")),
  "network/stopped": ignored(end("network", "default")),
  "network/port-created": refuses(begin("port", "default")),
  "network/port-deleted": ignored(begin("port", "default")),
  "daemon/start": daemon("-", "start"),
  "daemon/shutdown": daemon("-", "shutdown"),
  "daemon/reload": daemon("begin", "SIGHUP"),
};

/** Each event with its calls, its live test included. */
export const EVENT_CALLS: readonly (EventCalls & {
  readonly event: Event;
  readonly hook: string;
  readonly operation: string;
})[] = (Object.entries(CALLS) as [Event, EventCalls][]).map(([event, calls]) => {
  const [hook = "", operation = ""] = event.split("/");
  const live = LIVE_TESTS[event];
  return { event, hook, operation, ...calls, ...(live && { live }) };
});
