import type { Event } from "../../typings/events.d.ts";

/** The manifest's format; a bundle of another format is not accepted. */
export const MANIFEST_FORMAT = 1;

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

/** One policy of a bundle. */
export interface ManifestPolicy {
  readonly name: string;
  readonly description?: string;
  readonly on: readonly Event[];
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
