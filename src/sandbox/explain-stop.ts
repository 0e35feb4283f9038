import type { Limits } from "../bundle/manifest.ts";
import type { CallResult } from "./isolate.ts";

/** Says what a policy exceeded, with the limit. */
export function explainStop(stop: Extract<CallResult, { ok: false }>, limits: Limits): string {
  if (stop.kind === "timeout") return explainTimeout(limits);
  if (stop.kind === "memory") return explainMemory(limits);
  return stop.message;
}

/** Says how long a policy may take. */
export function explainTimeout(limits: Limits): string {
  return `timed out after ${limits.time} ms`;
}

/** Says how much memory a policy may have. */
export function explainMemory(limits: Limits): string {
  return `ran out of its ${Math.floor(limits.memory / (1024 * 1024))} MiB of memory`;
}
