import type { HostilePolicy } from "../../test/hostile/attempt.ts";
import { HONEST } from "../../test/hostile/judge-beside-honest.ts";
import type { BareVerdict, Job } from "./job.ts";
import type { HostRun } from "./run-host.ts";

/** The ways to get through, in the order in which they are told. */
export const BREACHES = ["hung", "late", "crash", "memory", "lost", "allowed", "reached"] as const;

/**
 * `hung`: it ran until it was ended from outside. `late`: it ended by itself, more than a second past its limit.
 * `crash`: the host ended without a verdict. `memory`: the host took far more than the limit. `lost`: an honest
 * policy's denial was missing or altered. `allowed`: it denied, and the guest was allowed as far as it goes.
 * `reached`: it found code from text, memory that nobody counts, or an object of isolated-vm's.
 */
export type Breach = (typeof BREACHES)[number];

/** What became of one policy. */
export interface Classified {
  readonly breaches: readonly Breach[];
  /** What is worth knowing beside that. */
  readonly detail: string | undefined;
}

/** How much later than its limit a policy may end, in milliseconds. */
const AFTER_LIMIT = 1000;

/** What Node takes beside the policy's heap, in bytes: as much as the product's own wall gives it. */
const NODE = 128 * 2 ** 20;

/** What the policies of the group `escape` say when they found what they looked for. */
const REACHED = /makes code from text$|^the global scope has |^reached [A-Z]\w+$/;

/** What the honest policies say. */
const DENIALS = ["first", "last"].map((which) => `guest web1 may not start, says the ${which}`);

/** Says in which ways a policy got through. */
export function classify(policy: HostilePolicy, run: HostRun, { time, memory }: Job): Classified {
  const { verdict, stopped, end, seconds, peakBytes } = run;
  const breaches: Breach[] = [];
  if (stopped === "time") breaches.push("hung");
  else if (seconds * 1000 > time + AFTER_LIMIT) breaches.push("late");
  if (stopped === undefined && (verdict === undefined || end !== 0)) breaches.push("crash");
  if (peakBytes > memory * 2 ** 20 + NODE) breaches.push("memory");
  if (verdict === undefined) return { breaches, detail: stopped === undefined ? `ended with ${end}` : undefined };
  const lost = HONEST.find((name, index) => !says(verdict, name, DENIALS[index] ?? ""));
  if (lost !== undefined) breaches.push("lost");
  if (isWronglyAllowed(policy, verdict)) breaches.push("allowed");
  const reached = whatItReached(policy, verdict);
  if (reached !== undefined) breaches.push("reached");
  return { breaches, detail: reached };
}

/** Whether an honest policy denied once, in its own words. */
function says({ findings, failures }: BareVerdict, name: string, reason: string): boolean {
  const [denial, ...others] = findings.filter(({ policy }) => policy === name);
  const isWhole = denial?.level === "deny" && denial.reason === reason && denial.at === "name";
  return isWhole && others.length === 0 && failures.every(({ policy }) => policy !== name);
}

/** Whether a policy that always denies neither denied nor failed. */
function isWronglyAllowed({ name, outcomes }: HostilePolicy, { findings, failures }: BareVerdict): boolean {
  const denies = outcomes.length > 0 && outcomes.every((outcome) => outcome.startsWith("denied"));
  const isRefused = [...findings.filter(({ level }) => level === "deny"), ...failures].some(
    (each) => each.policy === name,
  );
  return denies && !isRefused;
}

/** What a policy says that it reached, where that is more than a trace of its own callers. */
function whatItReached({ name }: HostilePolicy, { findings }: BareVerdict): string | undefined {
  return findings.find(({ policy, reason }) => policy === name && REACHED.test(reason))?.reason;
}
