import type { Event } from "../../typings/events.d.ts";
import type { Need } from "../../typings/policy.d.ts";

/** The manifest's format. Format 1, which knows of no needs, is accepted as well: an upgrade does not stop a host. */
export const MANIFEST_FORMAT = 2;

/** What a policy's findings do. */
export type Mode = "enforce" | "warn" | "audit" | "off";

/** A guest that a policy's findings do not bind, until a day. */
export interface Exemption {
  /** A glob over the guest's name, `*` and `?`. */
  readonly domain?: string;
  readonly uuid?: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`, UTC. */
  readonly expires?: string;
}

/** Budgets: times in milliseconds, sizes in bytes. */
export interface Limits {
  /** Wall time of one policy: loading it and running its check. */
  readonly time: number;
  /** Heap of one policy. */
  readonly memory: number;
  /** Wall time of a whole decision, enforced by SIGKILL. */
  readonly deadline: number;
}

/** What a policy says of itself. */
export type SelfDescription = Pick<
  ManifestPolicy,
  "name" | "description" | "on" | "needs" | "whenRunning" | "rewrites" | "settings"
>;

/** One policy of a bundle. */
export interface ManifestPolicy {
  readonly name: string;
  readonly description?: string;
  readonly on: readonly Event[];
  /** What it asks for beyond its event's document. */
  readonly needs: readonly Need[];
  /** Whether its denials are meant where they end what already runs. */
  readonly whenRunning?: "kill";
  /** Whether it has a function `rewrite`. */
  readonly rewrites: boolean;
  /** The source file, relative to the configuration. */
  readonly file: string;
  /** Where its code lies in `policies.js`, in bytes. */
  readonly offset: number;
  readonly length: number;
  readonly mode: Mode;
  readonly onError: "deny" | "allow";
  /** What the policy's schema made of the configured settings. */
  readonly settings: unknown;
  readonly exempt: readonly Exemption[];
}

/** What `manifest.json` of a bundle holds. */
export interface Manifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly policies: readonly ManifestPolicy[];
  readonly limits: Limits;
  /** The decision log's path. */
  readonly log: string;
  /** Size and digest of `policies.js`. */
  readonly code: { readonly bytes: number; readonly sha256: string };
}
