import type { BreakGlass } from "../break-glass/notice.ts";
import type { Mode } from "../bundle/manifest.ts";
import type { UnknownContent } from "../model/unknown-content.ts";
import type { Edit } from "../rewrite/edit.ts";
import type { EngineFailureCode } from "./engine-failure.ts";

/** What a policy found. */
export interface Finding {
  readonly policy: string;
  readonly level: "deny" | "warn";
  readonly mode: Exclude<Mode, "off">;
  readonly reason: string;
  /** An XPath from the document's root element. */
  readonly at?: string;
  /** Where in the policy's sources it was recorded, as `policies/a.ts:6:9`; known in tests alone. */
  readonly from?: string;
  /** The exemption that takes this finding's effect away. */
  readonly exempt?: { readonly reason: string; readonly expires?: string };
  /** Where a refusal ends what already runs: this denial binds, and its policy says that it is meant there as well. */
  readonly whenRunning?: "kill";
  /** Where this one only says that others were dropped: how many. */
  readonly more?: number;
}

/** How a policy failed. */
export type FailureKind = "timeout" | "memory" | "exception" | "invalid";

/** A policy that could not judge, or not rewrite. */
export interface Failure {
  readonly policy: string;
  readonly kind: FailureKind;
  readonly message: string;
  /** Where an exception came from, innermost call first: `check (policies/a.ts:6:9)`, in the policy's own sources. */
  readonly stack?: readonly string[];
  /** The setting that keeps this failure from refusing. */
  readonly onError?: "allow";
}

/** What a policy's run tells of its failure. */
export type RunFailure = Omit<Failure, "policy" | "onError">;

/** What became of one policy. */
export interface PolicyOutcome {
  readonly name: string;
  readonly outcome: "allow" | "deny" | "warn" | "failed" | "not-watching" | "off";
  readonly ms: number;
  /**
   * By how much V8's `used_heap_size` grew while it ran, in bytes, told to `eval` alone: its context, code and input, and
   * what it allocated; what is garbage counts until it is collected. Missing where it was stopped. The limit is for all
   * that one isolate holds.
   */
  readonly memory?: number;
}

/** A message that a policy logged. */
export interface PolicyLog {
  readonly policy: string;
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields?: unknown;
  /** Where this one only says that others were dropped: how many. */
  readonly more?: number;
}

/** A change that a policy made to the document: where, and never to what, which may be a secret. */
export interface RewriteNote {
  readonly policy: string;
  readonly edit: Edit["edit"];
  /** An XPath from the document's root element; `""` is that element. */
  readonly at: string;
  /** Where this one only says that others were dropped: how many. */
  readonly more?: number;
}

/** 0 allowed, 1 denied by a policy, 2 refused since a policy failed, 3 refused since the engine failed. */
export type Status = 0 | 1 | 2 | 3;

/** Where a decision's time went, in milliseconds. */
export interface Durations {
  /** From the start of a process that decides but once to the start of its work; not in `total`. */
  readonly process?: number;
  /** Two readers, and that they agree. */
  readonly document: number;
  /** From the tree to what policies see. */
  readonly model: number;
  /** Making isolates and contexts, where that is known; else it is in `policies`. */
  readonly contexts: number;
  /** Running policies, and weighing what they found. */
  readonly policies: number;
  readonly total: number;
}

/** The answer to one invocation. */
export interface Decision {
  readonly id: string;
  readonly event: string;
  /** The name of the guest or network, cut where it is too long for a log. */
  readonly object: string;
  /** As the document has it, where that is a UUID. */
  readonly uuid?: string;
  readonly decision: "allow" | "deny";
  readonly status: Status;
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  readonly policies: readonly PolicyOutcome[];
  readonly logs: readonly PolicyLog[];
  /** What policies changed in the document that was judged; missing where they changed nothing. */
  readonly rewrites?: readonly RewriteNote[];
  readonly error?: {
    readonly code: EngineFailureCode;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  };
  /** What the document holds that libvirt's schema does not know: policies find it in `context.xml`. */
  readonly unknown?: UnknownContent;
  /** How many did not fit a log line. */
  readonly dropped?: Readonly<Partial<Record<"findings" | "failures" | "logs" | "rewrites", number>>>;
  /** Layers of the wall that the host could not give. */
  readonly skippedLayers?: readonly string[];
  /** Where break-glass had all policies in audit: until when, why, and who began it. */
  readonly breakGlass?: BreakGlass;
  /** Where the time went; missing where the engine failed. */
  readonly durations?: Durations;
  /** SHA-256 of the bundle's manifest, which holds that of its code. */
  readonly bundle: string;
}
