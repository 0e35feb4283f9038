import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Domain } from "./domain.js";
import type { DaemonEvent, Event, GuestEvent, NetworkEvent, PortEvent, ReleaseReason, RewriteEvent } from "./events.js";
import type { Network, NetworkPort } from "./network.js";
import type { Edits } from "./rewrite.js";
import type { XmlElement } from "./xml.js";

/** Where in the document a finding is. */
export interface FindingPlace {
  /** An XPath from the document's root element, 1-based: `devices/disk[2]/source/@file`. */
  readonly at?: string;
}

/** Writes a message to the decision log, with fields that JSON can hold. */
export type LogFunction = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * What a policy may ask for beyond its event's document: `guests` for the running guests of the host, `secrets` for the
 * texts of passwords, of which others see only that they are set.
 */
export type Need = "guests" | "secrets";

/** What every event's context holds. */
export interface BaseContext<E extends Event = Event, Settings = unknown, N extends Need = never> {
  /** The event, as `<hook>/<operation>`. */
  readonly event: E;
  /** The hook script that libvirt called: `qemu`, `lxc`, `network`, … */
  readonly hook: E extends `${infer Hook}/${string}` ? Hook : never;
  /** What happens: `prepare`, `migrate`, `port-created`, … */
  readonly operation: E extends `${string}/${infer Operation}` ? Operation : never;
  /** libvirt's third argument: `begin` or `end`, `-` where there is none. */
  readonly suboperation: string;
  /** libvirt's fourth argument: `-`, or at `qemu/release` and `lxc/release` since libvirt 10.5 why the guest ended. */
  readonly extra: ExtraOf<E>;
  /** The guest's or the network's name, as libvirt passed it. */
  readonly object: string;
  /** When it is decided, in milliseconds since 1970, UTC: what `Date.now()` gives, and what a test can set. */
  readonly now: number;
  /** The settings that the configuration gives this policy, as the policy's schema returned them. */
  readonly settings: Settings;
  /** The host that decides, with its running guests where the policy has `needs: ["guests"]`. */
  readonly host: "guests" extends N ? HostWithGuests : Host;
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

/** What libvirt's fourth argument can be. */
export type ExtraOf<E extends Event> = E extends `${string}/release` ? ReleaseReason | "-" : string;

/** The host that decides. */
export interface Host {
  readonly hostname: string;
  /** How many CPUs are online. */
  readonly cpus: number;
  /** All of the host's memory, in bytes. */
  readonly memory: number;
}

/** The host that decides, with its guests. */
export interface HostWithGuests extends Host {
  /**
   * The other guests of the host, of all of libvirt's drivers, that run or are being started; never the one that the
   * event is about.
   */
  readonly guests: readonly RunningGuest[];
}

/** Another guest of the host. */
export interface RunningGuest {
  /** The hook that its events have: `qemu`, `lxc`, … */
  readonly hook: string;
  readonly name: string;
  readonly uuid: string;
  /** How many vCPUs it can have while it runs, those that may still be plugged in included. */
  readonly vcpus: number;
  /** How much memory it can have while it runs, in bytes: what its balloon may grow to. */
  readonly memory: number;
  /** Whether it is being started: it was admitted, and libvirt has not said yet that it runs. */
  readonly starting: boolean;
  /**
   * Its definition. Of its secrets a policy sees that they are set. Metadata, a title or a description of more than 4 KiB
   * is left out: whoever may change a running guest's could hold up everybody's starts with it.
   */
  readonly domain: Domain;
}

/** The context at a guest's event. */
export interface GuestContext<E extends Event = GuestEvent, Settings = unknown, N extends Need = never>
  extends BaseContext<E, Settings, N> {
  readonly domain: Domain;
  /** The whole document as a generic tree. */
  readonly xml: XmlElement;
}

/** The context at a network's event. */
export interface NetworkContext<E extends Event = NetworkEvent, Settings = unknown, N extends Need = never>
  extends BaseContext<E, Settings, N> {
  readonly network: Network;
  /** At `port-created` and `port-deleted`: the port, with the guest that owns it. */
  readonly port?: NetworkPort;
  readonly xml: XmlElement;
}

/** The context at the events of a network's port. */
export interface PortContext<E extends Event = PortEvent, Settings = unknown, N extends Need = never>
  extends NetworkContext<E, Settings, N> {
  /** The port, with the guest that owns it. */
  readonly port: NetworkPort;
}

/** The context at the daemon's own events, which have no document. */
export interface DaemonContext<E extends Event = DaemonEvent, Settings = unknown, N extends Need = never>
  extends BaseContext<E, Settings, N> {}

/** The context of a policy that watches events of several kinds: each part is there where its event has it. */
export interface MixedContext<E extends Event = Event, Settings = unknown, N extends Need = never>
  extends BaseContext<E, Settings, N> {
  readonly domain?: Domain;
  readonly network?: Network;
  readonly port?: NetworkPort;
  readonly xml?: XmlElement;
}

/** The context that follows from the watched events. */
export type Context<E extends Event, Settings = unknown, N extends Need = never> = [E] extends [GuestEvent]
  ? GuestContext<E, Settings, N>
  : [E] extends [PortEvent]
    ? PortContext<E, Settings, N>
    : [E] extends [NetworkEvent]
      ? NetworkContext<E, Settings, N>
      : [E] extends [DaemonEvent]
        ? DaemonContext<E, Settings, N>
        : MixedContext<E, Settings, N>;

/** The context of `rewrite`: that of the event, with `edit` in place of `deny` and `warn`. */
export type RewriteContext<E extends Event, Settings = unknown, N extends Need = never> = Omit<
  GuestContext<Extract<E, RewriteEvent>, Settings, N>,
  "deny" | "warn"
> & { readonly edit: Edits };

/** The events that a policy watches when it names none. */
export type DefaultEvent = "qemu/prepare" | "qemu/migrate" | "qemu/restore";

/** What `context.settings` is for a schema: the schema's output, or an empty object without a schema. */
export type SettingsOf<S> = S extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<S>
  : Readonly<Record<string, never>>;

/** A policy's definition. */
export interface Policy<
  E extends Event = DefaultEvent,
  S extends StandardSchemaV1 | undefined = undefined,
  N extends Need = never,
> {
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
  /** What it needs beyond the event's document. */
  readonly needs?: readonly N[];
  /**
   * At `started`, `reconnect` and `network/started` a refusal ends what already runs, so that a denial there is only
   * logged. `kill` says that it is meant: libvirt then kills the guest, or takes the network down. No failure does that.
   */
  readonly whenRunning?: "kill";
  /** Judges one event, synchronously. What it throws is a failure of the policy, and refuses. */
  check(context: Context<E, SettingsOf<S>, N>): undefined;
  /**
   * Changes the document at `qemu/migrate`, `qemu/restore` and `libxl/migrate`, synchronously and before any policy
   * judges: every `check` sees the result. All policies read the document as it came; edits that contradict each other
   * are a failure. Policies that do not enforce, exempt the guest or fail change nothing.
   */
  rewrite?(context: RewriteContext<E, SettingsOf<S>, N>): undefined;
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
  const N extends Need = never,
>(policy: Policy<E, S, N>): Policy<E, S, N>;
