import type { Decision } from "../engine/decision.ts";
import { bounded } from "./bounded.ts";
import { jsonText } from "./json-text.ts";

/** pino's numbers for its levels. */
const LEVEL = { info: 30, warn: 40, error: 50 } as const;

/**
 * A decision as one line of JSON, in pino's form so that pino's tools read it. It holds nothing of the document but
 * the guest's name and UUID, names and places of what libvirt's schema does not know, and places of what was changed.
 *
 * @param time When, in milliseconds since 1970.
 * @see https://github.com/pinojs/pino/blob/main/docs/api.md#level-number
 */
export function decisionLine(decision: Decision, time: number = Date.now()): string {
  const { id, ...rest } = bounded(decision);
  return jsonText({ level: levelOf(decision), time, decisionId: id, ...rest, msg: messageOf(decision) });
}

function levelOf({ error, status, findings, failures }: Decision): number {
  if (error !== undefined) return LEVEL.error;
  return status !== 0 || findings.length > 0 || failures.length > 0 ? LEVEL.warn : LEVEL.info;
}

function messageOf({ error, status, failures, rewrites }: Decision): string {
  // also beside an engine failure, where that alone would not refuse
  if (status === 1) return "denied";
  if (error !== undefined) return status === 0 ? "allowed despite an engine failure" : "refused: engine failure";
  if (status === 2) return "refused: policy failure";
  const changed = rewrites === undefined ? "" : " with a rewritten document";
  return failures.some(({ onError }) => onError === "allow")
    ? `allowed${changed} despite a policy failure, by onError`
    : `allowed${changed}`;
}
