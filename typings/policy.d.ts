import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Domain } from "./domain.js";
import type { DaemonEvent, Event, GuestEvent, NetworkEvent } from "./events.js";
import type { Network, NetworkPort } from "./network.js";
import type { XmlElement } from "./xml.js";

/** Where in the document a finding is. */
export interface FindingPlace {
  /** An XPath from the document's root element, 1-based: `devices/disk[2]/source/@file`. */
  readonly at?: string;
}

/** Writes a message to the decision log, with fields that JSON can hold. */
export type LogFunction = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** What every event's context holds. */
export interface BaseContext<E extends Event = Event, Settings = unknown> {
  /** The event, as `<hook>/<operation>`. */
  readonly event: E;
  /** The hook script that libvirt called: `qemu`, `lxc`, `network`, … */
  readonly hook: E extends `${infer Hook}/${string}` ? Hook : never;
  /** What happens: `prepare`, `migrate`, `port-created`, … */
  readonly operation: E extends `${string}/${infer Operation}` ? Operation : never;
  /** libvirt's third argument: `begin` or `end`, `-` where there is none. */
  readonly suboperation: string;
  /** libvirt's fourth argument: `-`, or the reason of a `release` since libvirt 10.5. */
  readonly extra: string;
  /** The guest's or the network's name, as libvirt passed it. */
  readonly object: string;
  /** The settings that the configuration gives this policy, as the policy's schema returned them. */
  readonly settings: Settings;
  /** The host that decides. */
  readonly host: Host;
  readonly log: {
    readonly debug: LogFunction;
    readonly info: LogFunction;
    readonly warn: LogFunction;
    readonly error: LogFunction;
  };
  /** Refuses, and goes on, so that one run reports all that is wrong. */
  deny(reason: string, place?: FindingPlace): void;
  /** Records a finding that does not refuse, and goes on. */
  warn(reason: string, place?: FindingPlace): void;
}

/** The host that decides. */
export interface Host {
  readonly hostname: string;
}

/** The context at a guest's event. */
export interface GuestContext<E extends Event = GuestEvent, Settings = unknown> extends BaseContext<E, Settings> {
  readonly domain: Domain;
  /** The whole document as a generic tree. */
  readonly xml: XmlElement;
}

/** The context at a network's event. */
export interface NetworkContext<E extends Event = NetworkEvent, Settings = unknown> extends BaseContext<E, Settings> {
  readonly network: Network;
  /** At `port-created` and `port-deleted`: the port, with the guest that owns it. */
  readonly port?: NetworkPort;
  readonly xml: XmlElement;
}

/** The context at the daemon's own events, which have no document. */
export interface DaemonContext<E extends Event = DaemonEvent, Settings = unknown> extends BaseContext<E, Settings> {}

/** The context of a policy that watches events of several kinds: each part is there where its event has it. */
export interface MixedContext<E extends Event = Event, Settings = unknown> extends BaseContext<E, Settings> {
  readonly domain?: Domain;
  readonly network?: Network;
  readonly port?: NetworkPort;
  readonly xml?: XmlElement;
}

/** The context that follows from the watched events. */
export type Context<E extends Event, Settings = unknown> = [E] extends [GuestEvent]
  ? GuestContext<E, Settings>
  : [E] extends [NetworkEvent]
    ? NetworkContext<E, Settings>
    : [E] extends [DaemonEvent]
      ? DaemonContext<E, Settings>
      : MixedContext<E, Settings>;

/** The events that a policy watches when it names none. */
export type DefaultEvent = "qemu/prepare" | "qemu/migrate" | "qemu/restore";

/** What `context.settings` is for a schema: the schema's output, or an empty object without a schema. */
export type SettingsOf<S> = S extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<S>
  : Readonly<Record<string, never>>;

/** A policy's definition. */
export interface Policy<E extends Event = DefaultEvent, S extends StandardSchemaV1 | undefined = undefined> {
  /** `[a-z0-9-]+`, unique in a bundle. */
  readonly name: string;
  /** What the policy is for, in a sentence. */
  readonly description?: string;
  /** The events to watch; `qemu/prepare`, `qemu/migrate` and `qemu/restore` unless given. */
  readonly on?: readonly E[];
  /**
   * Any Standard Schema (valibot, zod, …), synchronous. It validates what the configuration has for this policy
   * when policies are built, and types `context.settings`.
   */
  readonly settings?: S;
  /** Judges one event, synchronously. What it throws is a failure of the policy, and refuses. */
  check(context: Context<E, SettingsOf<S>>): undefined;
}

/**
 * Defines a policy; a policy file's default export is what this returns.
 *
 * @example
 * ```ts
 * export default definePolicy({
 *   name: "no-host-passthrough",
 *   check({ domain, deny }) {
 *     if (domain.cpu?.mode === "host-passthrough") deny("CPU mode host-passthrough", { at: "cpu/@mode" });
 *   },
 * });
 * ```
 */
export declare function definePolicy<
  const E extends Event = DefaultEvent,
  S extends StandardSchemaV1 | undefined = undefined,
>(policy: Policy<E, S>): Policy<E, S>;
