/** What a hostile policy may come to in a decision: what it denied, and how it failed. */
export const OUTCOMES = ["allowed", "denied", "timeout", "memory", "exception", "invalid"] as const;

/** What it may come to when it is built: bundling or the type check refuses it, or it cannot be described. */
export const BUILD_OUTCOMES = [
  "refused",
  "timeout",
  "memory",
  "exception",
  "no-default-export",
  "invalid",
  "settings",
] as const;

/**
 * `allowed` is contained without an effect; `denied` is its own finding; the others are how it failed. A policy that
 * denied and failed is `denied, timeout`.
 */
export type Outcome = (typeof OUTCOMES)[number] | `denied, ${Exclude<(typeof OUTCOMES)[number], "allowed" | "denied">}`;

export type BuildOutcome = (typeof BUILD_OUTCOMES)[number];

/** One policy of the collection, as its file describes it. */
export interface HostilePolicy {
  /** The name of its folder: what it tries. */
  readonly group: string;
  /** The name of its file, and of the policy where it does not lie about that. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** What it attempts, in a sentence or two. */
  readonly attempts: string;
  /** What a decision may make of it; more than one only where V8 decides by chance. Empty where it is not bundled. */
  readonly outcomes: readonly Outcome[];
  /** What building it ends with; empty where it behaves until it is in force. */
  readonly atBuild: readonly BuildOutcome[];
  /** What one of its lines on stderr must match. */
  readonly reason?: RegExp;
  /** What neither stderr nor the decision log may match. */
  readonly never?: RegExp;
}
