import { matchesGlob } from "../../engine/exemptions.ts";
import type { LoggedDecision, LoggedNotice } from "./logged.ts";

/** Which decisions are wanted; what is missing wants all. */
export interface DecisionFilter {
  /** A glob over the guest's or network's name. */
  readonly guest?: string;
  /** One that found something, failed or changed the document. */
  readonly policy?: string;
  /** `failed`: where a policy or virt-warden itself failed, whatever came of it. */
  readonly decision?: "allow" | "deny" | "failed";
  /** In milliseconds since 1970, included. */
  readonly since?: number;
  /** In milliseconds since 1970, not included. */
  readonly until?: number;
}

/** Whether a line is wanted; one that is no decision only where decisions of all kinds are. */
export function isWanted(logged: LoggedDecision | LoggedNotice, filter: DecisionFilter): boolean {
  const { guest, policy, decision, since, until } = filter;
  if ((since !== undefined && logged.time < since) || (until !== undefined && logged.time >= until)) return false;
  if (logged.decision === undefined) return (guest ?? policy ?? decision) === undefined;
  return (
    (guest === undefined || matchesGlob(guest, logged.object)) &&
    (policy === undefined || names(logged, policy)) &&
    (decision === undefined || (decision === "failed" ? hasFailed(logged) : logged.decision === decision))
  );
}

function names({ findings, failures, rewrites }: LoggedDecision, policy: string): boolean {
  return [...findings, ...failures, ...rewrites].some((each) => each.policy === policy);
}

function hasFailed({ error, failures }: LoggedDecision): boolean {
  return error !== undefined || failures.length > 0;
}
