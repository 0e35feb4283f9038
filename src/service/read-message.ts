import type { FromListener } from "./messages.ts";

/** In characters: a reason is for one line. */
const MAX_REASON = 500;

const DIGEST = /^[0-9a-f]{64}$/;

/**
 * Reads what the listener said over Node's channel. It parses documents, so that whoever wrote one might speak for it.
 *
 * @returns undefined for what a listener never says.
 */
export function readMessage(message: unknown): FromListener | undefined {
  const { type, id, generation, reason, wasWarmingUp, digest } = (message ?? {}) as Record<string, unknown>;
  if (type === "up" || type === "stopped") return { type };
  if (type === "taken" || type === "ready") return isCount(id) ? { type, id } : undefined;
  if (type === "serving") return isCount(generation) ? { type, generation } : undefined;
  if (type === "look") return typeof digest === "string" && DIGEST.test(digest) ? { type, digest } : undefined;
  if (type !== "used" || !isCount(id) || typeof reason !== "string" || typeof wasWarmingUp !== "boolean")
    return undefined;
  return { type, id, reason: reason.slice(0, MAX_REASON), wasWarmingUp };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
