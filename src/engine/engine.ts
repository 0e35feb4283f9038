import type { Host } from "../../typings/policy.d.ts";
import type { BreakGlass } from "../break-glass/notice.ts";

import type { Limits, Manifest, ManifestPolicy } from "../bundle/manifest.ts";
import type { Invocation } from "../hook/invocation.ts";
import type { Edit } from "../rewrite/edit.ts";
import type { RunLog } from "../sandbox/check-result.ts";
import type { CheckInput, PolicyRun } from "../sandbox/run-policy.ts";
import type { Deadline } from "./deadline.ts";
import type { Failure, Finding, RunFailure } from "./decision.ts";

/** What a policy would change. */
export interface RewriteRun {
  /** In its order; places are those of the document as it came. */
  readonly edits: readonly Edit[];
  readonly logs: readonly RunLog[];
  /** Then the edits do not count. */
  readonly failure?: RunFailure;
  /** How long it took, in milliseconds, where that is known better than by whoever waited for it. */
  readonly ms?: number;
}

/** What a decision needs beside the invocation. */
export interface Engine {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest's text. */
  readonly digest: string;
  /**
   * Runs one policy's check in the sandbox.
   *
   * @param isLast Whether no other policy is run after this one.
   */
  readonly run: (policy: ManifestPolicy, input: CheckInput, limits: Limits, isLast: boolean) => Promise<PolicyRun>;
  /** Asks one policy in the sandbox what it would change; its check is run later. */
  readonly rewrite: (policy: ManifestPolicy, input: CheckInput, limits: Limits) => Promise<RewriteRun>;
  /**
   * Reads which guests run, as text (see `running-guests.ts`); called at most once, and only for a policy that needs it.
   *
   * @throws EngineFailure `state` where that cannot be read.
   */
  readonly readGuests: () => string;
  /** What policies are told of the host; missing for the one that decides. */
  readonly host?: Host;
  /** When it is decided, in milliseconds since 1970; missing for now. */
  readonly time?: number;
  /** Policies that already failed in an earlier process of this decision; they are not run again. */
  readonly failed: ReadonlyMap<string, Pick<Failure, "kind" | "message">>;
  /** Whether a refusal would hit a guest that already runs, so that it is only logged. */
  readonly spares: boolean;
  /** The policy that runs first: an earlier process of this decision died while it ran. */
  readonly suspect?: string;
  /** Policies that denied in an earlier process: they run early, so that they deny again whatever comes after them. */
  readonly denied?: readonly string[];
  /** Told a policy's first denial that binds, as soon as it is there. */
  readonly onDenial?: (finding: Finding) => void;
  /** Whether policies run in another process, so that this one can do something else meanwhile. */
  readonly isElsewhere?: boolean;
  /**
   * Has another thread read the document by both readers, while this one goes on.
   *
   * @returns Whether it found nothing to refuse; false also where that is not known. undefined where nobody was asked.
   */
  readonly confirm?: (bytes: Uint8Array) => Promise<boolean> | undefined;
  /** Ends shortly before the wall ends this process. */
  readonly deadline?: Deadline;
  /** Layers of the wall that this host cannot give. */
  readonly skippedLayers?: readonly string[];
  /** In force: the manifest's policies are all in audit. */
  readonly breakGlass?: BreakGlass | undefined;
  /** In milliseconds: what only the sandbox can tell, growing as policies run, and how long this process had run before. */
  readonly durations?: { readonly contextsMs: number; readonly processMs?: number };
}

/** Whether a policy is to judge an event. */
export function watches(policy: ManifestPolicy, { event }: Pick<Invocation, "event">): boolean {
  return policy.mode !== "off" && policy.on.includes(event);
}

/** The policies in the order in which they run. */
export function runningOrder({ manifest, failed, denied = [], suspect }: Engine): readonly ManifestPolicy[] {
  // first what is known already, so that it is said in any case; then the suspect, before others leave anything behind
  const rank = ({ name }: ManifestPolicy): number => {
    if (failed.has(name)) return 0;
    return denied.includes(name) ? 1 : name === suspect ? 2 : 3;
  };
  return manifest.policies.toSorted((a, b) => rank(a) - rank(b));
}
