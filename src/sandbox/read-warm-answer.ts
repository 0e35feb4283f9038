import type { CallResult } from "./isolate.ts";
import type { WarmAnswer, WarmResult } from "./warm-call.ts";

/** How a policy's call ended, and how long it took in milliseconds. */
export interface TimedResult {
  readonly result: CallResult;
  readonly ms: number;
}

/** An answer with its texts. */
export interface WholeWarmAnswer extends Omit<WarmAnswer, "results"> {
  readonly results: readonly TimedResult[];
}

const STOPS: readonly unknown[] = ["timeout", "memory", "invalid"];

/**
 * Reads what a warm evaluator wrote. It shares its process with policies' code: what is not of the form that it writes is
 * no answer at all.
 *
 * @param count How many policies it was asked for.
 * @returns undefined for any other frame.
 */
export function readWarmAnswer([head = "", ...texts]: readonly string[], count: number): WholeWarmAnswer | undefined {
  let answer: { readonly [K in keyof WarmAnswer]?: unknown } | null | undefined;
  try {
    answer = JSON.parse(head);
  } catch {
    return undefined;
  }
  const { results, contextsMs, isSpent } = answer ?? {};
  if (!isTime(contextsMs) || typeof isSpent !== "boolean") return undefined;
  if (!Array.isArray(results) || results.length !== count || !results.every(isResult)) return undefined;
  const withText = results.filter(({ hasText }) => hasText);
  if (withText.length !== texts.length) return undefined;
  const left = texts.values();
  return { contextsMs, isSpent, results: results.map((result) => timed(result, left)) };
}

function timed({ ms, hasText, ...result }: WarmResult, texts: Iterator<string>): TimedResult {
  const text = hasText ? { text: texts.next().value } : {};
  return { result: { ...result, ...text } as CallResult, ms };
}

function isResult(value: unknown): value is WarmResult {
  const { ok, ms, hasText, kind, message, rejection } = (value ?? {}) as Record<string, unknown>;
  if (!isTime(ms) || typeof hasText !== "boolean") return false;
  if (ok === true) return hasText && (rejection === undefined || isRejection(rejection));
  return ok === false && STOPS.includes(kind) && typeof message === "string";
}

function isRejection(value: unknown): boolean {
  const { message, stack } = (value ?? {}) as Record<string, unknown>;
  return typeof message === "string" && ["undefined", "string"].includes(typeof stack);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value < 1e9;
}
