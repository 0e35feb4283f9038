import type { Finding, PolicyLog } from "../engine/decision.ts";
import type { Thrown } from "./map-stack.ts";

/** A finding as the policy gave it. */
export type RunFinding = Pick<Finding, "level" | "reason" | "at" | "from" | "more"> & {
  /** V8's stack of the call that recorded it, where that was asked for. */
  readonly stack?: string;
};

/** A message as the policy gave it. */
export type RunLog = Omit<PolicyLog, "policy">;

/** The runtime's answer, as `guest/check.ts` writes it. */
export interface CheckResult {
  readonly denials: Collected<RunFinding>;
  readonly warnings: Collected<RunFinding>;
  readonly logs: Collected<RunLog>;
  readonly error: RunError | null;
}

/** How a policy failed by its own doing. */
export type RunError = { readonly kind: "exception" | "invalid" } & Thrown;

/** Records of one kind. */
export interface Collected<T> {
  readonly kept: readonly T[];
  /** How many did not fit. */
  readonly dropped: number;
}

/** What JSON may hold in place of an object, before anything is known of it. */
export type Unknown<T> = { readonly [K in keyof T]?: unknown } | null | undefined;

const LOG_LEVELS: readonly unknown[] = ["debug", "info", "warn", "error"];

/**
 * Reads what the runtime wrote. It shares its world with the policy's code: what is not of the form that it writes is
 * no result at all.
 *
 * @returns undefined for any other text.
 */
export function readCheckResult(text: string): CheckResult | undefined {
  let result: Unknown<CheckResult>;
  try {
    result = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isCheckResult(result) ? result : undefined;
}

function isCheckResult(result: Unknown<CheckResult>): result is CheckResult {
  return (
    isCollected(result?.denials, (each) => isFinding(each, "deny")) &&
    isCollected(result?.warnings, (each) => isFinding(each, "warn")) &&
    hasLogsAndError(result)
  );
}

/** Whether the parts that every result has are of the form that the runtime writes. */
export function hasLogsAndError(result: Unknown<Pick<CheckResult, "logs" | "error">>): boolean {
  const isError = result?.error === null || isRunError(result?.error as Unknown<RunError>);
  return isError && isCollected(result?.logs, isLog);
}

function isCollected(value: unknown, isRecord: (each: unknown) => boolean): boolean {
  const { kept, dropped } = (value ?? {}) as { readonly kept?: unknown; readonly dropped?: unknown };
  return Array.isArray(kept) && kept.every(isRecord) && typeof dropped === "number";
}

function isFinding(value: unknown, of: RunFinding["level"]): boolean {
  const { level, reason, at, stack } = (value ?? {}) as Record<string, unknown>;
  return level === of && typeof reason === "string" && isTextOrMissing(at) && isTextOrMissing(stack);
}

function isLog(value: unknown): boolean {
  const { level, message } = (value ?? {}) as Record<string, unknown>;
  return LOG_LEVELS.includes(level) && typeof message === "string";
}

function isRunError(error: Unknown<Record<"kind" | "message" | "stack", unknown>>): boolean {
  const isKnown = error?.kind === "exception" || error?.kind === "invalid";
  return isKnown && typeof error.message === "string" && isTextOrMissing(error.stack);
}

function isTextOrMissing(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}
