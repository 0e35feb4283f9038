/** What the host is given to judge, on stdin. */
export interface Job {
  /** In the order in which they are asked. */
  readonly policies: readonly { readonly name: string; readonly code: string }[];
  /** What `check` is called with, but for the functions. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Wall time of a policy, in milliseconds. */
  readonly time: number;
  /** Heap of a policy, in MiB. */
  readonly memory: number;
}

/** What the host says of it, on stdout. */
export interface BareVerdict {
  readonly findings: readonly BareFinding[];
  readonly failures: readonly { readonly policy: string; readonly message: string }[];
}

/** A finding, with the name of the policy that made it. */
export interface BareFinding {
  readonly policy: string;
  readonly level: "deny" | "warn";
  readonly reason: string;
  readonly at?: string;
}

/** The host's first line, when the first policy is about to run: this and the time, in milliseconds since 1970. */
export const READY = "ready ";
