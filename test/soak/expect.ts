/**
 * What a decision must come to, said anew from the contract: nothing of the engine is used here, so that a fault of the
 * engine cannot be one of its own judge.
 */
import type { FailureKind, Finding } from "../../src/engine/decision.ts";
import type { Batch, Member, Trial } from "./compose.ts";

/** What one policy must come to. */
export interface ExpectedPolicy {
  readonly name: string;
  /** What it finds; all of it, unless it floods. */
  readonly finds: readonly Pick<Finding, "level" | "reason">[];
  readonly floods: boolean;
  /** Whether all that it found may be missing. */
  readonly mayLoseFindings: boolean;
  /** How it fails, by any of these kinds; empty where it does not. */
  readonly fails: readonly FailureKind[];
  readonly runs: "runs" | "off" | "not-watching";
  /** Whether its findings refuse, where something asks for admission. */
  readonly binds: boolean;
  /** Whether `onError` takes its failure's effect away. */
  readonly isAllowed: boolean;
}

/** What a decision must come to. */
export interface Expected {
  /** Any of these. */
  readonly statuses: readonly number[];
  /** Whether some policy watches the event: otherwise the hook leaves at once, and logs nothing. */
  readonly isWatched: boolean;
  /** Whether the document is refused. */
  readonly isRefused: boolean;
  /** In the bundle's order. */
  readonly policies: readonly ExpectedPolicy[];
}

/** Where a non-zero exit refuses: elsewhere it would end a running guest, or come too late. */
const REFUSING = ["qemu/prepare", "qemu/start", "qemu/migrate", "qemu/restore"];

/** Says what a decision must come to. */
export function expect(trial: Trial, { members }: Batch): Expected {
  const policies = members.map((member) => expectPolicy(member, trial));
  const isWatched = policies.some(({ runs }) => runs === "runs");
  const isRefused = isWatched && trial.document.isMalformed;
  const statuses = !REFUSING.includes(trial.event) ? [0] : isRefused ? [3] : strictest(policies);
  return { statuses, isWatched, isRefused, policies };
}

function expectPolicy({ policy, mode, onError, exempt, on }: Member, trial: Trial): ExpectedPolicy {
  const isExempt = exempt.some(
    ({ domain, uuid, expires }) =>
      (expires === undefined || expires > "2025") &&
      (uuid === undefined
        ? domain?.endsWith("*-ci") === true && trial.guest.endsWith("-ci")
        : uuid.toLowerCase() === trial.uuid),
  );
  const runs = mode === "off" ? "off" : on.includes(trial.event) ? "runs" : "not-watching";
  const isAbout = policy.onlyAbout === undefined || trial.guest.includes(policy.onlyAbout);
  const fails = runs === "runs" ? (policy.fails ?? []) : [];
  return {
    name: policy.name,
    finds: runs === "runs" && isAbout ? (policy.finds ?? []) : [],
    floods: policy.floods === true,
    mayLoseFindings: policy.mayLoseFindings === true,
    fails,
    runs,
    binds: mode === "enforce" && !isExempt,
    isAllowed: onError === "allow" && fails.includes("exception"),
  };
}

/** 1 where a policy denies, else 2 where one failed; both where nobody can tell whether what was found is kept. */
function strictest(policies: readonly ExpectedPolicy[]): number[] {
  const denying = policies.filter(({ finds, binds }) => binds && finds.some(({ level }) => level === "deny"));
  const failed = policies.some(({ fails, binds, isAllowed }) => {
    if (fails.includes("timeout") || fails.includes("memory")) return true;
    return fails.length > 0 && binds && !isAllowed;
  });
  if (denying.some(({ mayLoseFindings }) => !mayLoseFindings)) return [1];
  const otherwise = failed ? 2 : 0;
  return denying.length > 0 ? [1, otherwise] : [otherwise];
}
