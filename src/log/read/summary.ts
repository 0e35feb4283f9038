import { isBinding, type LoggedDecision, type LoggedNotice } from "./logged.ts";

/** How many of the slowest are kept. */
const SLOWEST = 5;

/** Of how many guests each policy's names are kept: beyond it they are counted no more. */
const MAX_GUESTS = 10_000;

/** What decisions of one policy came to. */
export interface PolicySummary {
  readonly name: string;
  /** Denials that bind. */
  readonly denied: number;
  /** Warnings, and denials of policies that do not enforce. */
  readonly warned: number;
  readonly failed: number;
  readonly exempt: number;
  /** How many guests it denied; of more than 10,000, that many. */
  readonly guests: number;
  /** When it last denied, in milliseconds since 1970. */
  readonly lastDenial?: number;
}

/** How often something failed, and when last. */
export interface FailureSummary {
  /** The policy; missing where virt-warden itself failed. */
  readonly policy?: string;
  /** How: a policy's kind, or the code of an engine failure. */
  readonly kind: string;
  readonly count: number;
  readonly last: number;
}

/** One of the decisions that took the longest. */
export interface SlowDecision {
  /** In milliseconds. */
  readonly ms: number;
  readonly time: number;
  readonly object: string;
  readonly event: string;
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** Adds decisions up, in memory that grows with the names of policies and guests alone. */
export class Summary {
  /** Milliseconds since 1970; missing where there is no decision. */
  first?: number;
  last?: number;
  decisions = 0;
  allowed = 0;
  denied = 0;
  /** Refused by a policy's failure, by virt-warden's. */
  readonly refusedBy = { policy: 0, engine: 0 };
  /** How many were made while the break-glass held. */
  breakGlass = 0;
  readonly #policies = new Map<string, Writable<PolicySummary> & { readonly names: Set<string> }>();
  readonly #failures = new Map<string, Writable<FailureSummary>>();
  #slowest: SlowDecision[] = [];

  /** By denials, then by what else there was, the most first. */
  get policies(): readonly PolicySummary[] {
    const weight = ({ warned, failed, exempt }: PolicySummary): number => warned + failed + exempt;
    return [...this.#policies.values()]
      .map(({ names, ...rest }) => ({ ...rest, guests: names.size }))
      .sort(
        (one, other) => other.denied - one.denied || weight(other) - weight(one) || (one.name < other.name ? -1 : 1),
      );
  }

  /** The most first. */
  get failures(): readonly FailureSummary[] {
    return [...this.#failures.values()].sort((one, other) => other.count - one.count || other.last - one.last);
  }

  /** The slowest first. */
  get slowest(): readonly SlowDecision[] {
    return this.#slowest;
  }

  /** What is no decision is left out. */
  add(logged: LoggedDecision | LoggedNotice): void {
    if (logged.decision === undefined) return;
    const { time, decision, status, error, durations, object, event } = logged;
    this.first = Math.min(this.first ?? time, time);
    this.last = Math.max(this.last ?? time, time);
    this.decisions += 1;
    if (decision === "allow") this.allowed += 1;
    else this.denied += 1;
    if (status === 2) this.refusedBy.policy += 1;
    if (status === 3) this.refusedBy.engine += 1;
    if (logged.breakGlass) this.breakGlass += 1;
    this.#addFindings(logged);
    for (const { policy, kind, more } of logged.failures) {
      this.#policy(policy).failed += more ?? 1;
      this.#addFailure(kind, time, more, policy);
    }
    if (error !== undefined) this.#addFailure(error.code, time);
    if (durations !== undefined)
      this.#addDuration({ ms: (durations.process ?? 0) + durations.total, time, object, event });
  }

  #addFindings({ findings, object, time }: LoggedDecision): void {
    for (const finding of findings) {
      const policy = this.#policy(finding.policy);
      const count = finding.more ?? 1;
      if (finding.exempt !== undefined) policy.exempt += count;
      else if (!isBinding(finding)) policy.warned += count;
      else {
        policy.denied += count;
        policy.lastDenial = Math.max(policy.lastDenial ?? time, time);
        if (policy.names.size < MAX_GUESTS) policy.names.add(object);
      }
    }
  }

  #policy(name: string): Writable<PolicySummary> & { readonly names: Set<string> } {
    let policy = this.#policies.get(name);
    if (policy === undefined) {
      policy = { name, denied: 0, warned: 0, failed: 0, exempt: 0, guests: 0, names: new Set() };
      this.#policies.set(name, policy);
    }
    return policy;
  }

  #addFailure(kind: string, time: number, more = 1, policy?: string): void {
    const key = JSON.stringify([policy, kind]);
    const known = this.#failures.get(key) ?? { ...(policy !== undefined && { policy }), kind, count: 0, last: time };
    this.#failures.set(key, { ...known, count: known.count + more, last: Math.max(known.last, time) });
  }

  #addDuration(decision: SlowDecision): void {
    const least = this.#slowest.at(-1);
    if (this.#slowest.length >= SLOWEST && least !== undefined && decision.ms <= least.ms) return;
    this.#slowest = [...this.#slowest, decision].sort((one, other) => other.ms - one.ms).slice(0, SLOWEST);
  }
}
