import type { Manifest, Mode } from "../bundle/manifest.ts";
import type { Decision, PolicyOutcome } from "../engine/decision.ts";
import { hasFindings, type Mark, markOf } from "./mark.ts";

/** Which of a policy's counts a mark adds to. */
const COUNTS = { deny: "denied", warn: "warned", failed: "failed", exempt: "exempt" } as const satisfies Readonly<
  Record<Exclude<Mark, "allow">, keyof PolicyTally>
>;

/** How many documents a policy came to which end with. */
export interface PolicyTally {
  readonly name: string;
  readonly mode: Mode;
  denied: number;
  /** Those of which an exemption takes its findings' effect away. */
  exempt: number;
  warned: number;
  failed: number;
  /** How many it judged. */
  judged: number;
}

/** What an audit came to: counts alone, so that it does not grow with the number of documents. */
export class Tally {
  readonly policies: readonly PolicyTally[];
  documents = 0;
  /** How many would not be admitted, and of these, for which reason: as a decision's status tells. */
  refused = 0;
  denied = 0;
  failed = 0;
  unjudged = 0;
  /** How many would be admitted although there is something to say of them. */
  admittedWithFindings = 0;
  /** How many are exempt from a policy that found something. */
  exempt = 0;

  readonly #byName: ReadonlyMap<string, PolicyTally>;

  constructor({ policies }: Manifest) {
    this.policies = policies.map(({ name, mode }) => {
      return { name, mode, denied: 0, exempt: 0, warned: 0, failed: 0, judged: 0 };
    });
    this.#byName = new Map(this.policies.map((policy) => [policy.name, policy]));
  }

  /** Counts a document's decision. */
  add(decision: Decision): void {
    this.documents++;
    if (decision.status !== 0) this.refused++;
    if (decision.status === 1) this.denied++;
    if (decision.status === 2) this.failed++;
    if (decision.status === 3) this.unjudged++;
    if (decision.status === 0 && hasFindings(decision)) this.admittedWithFindings++;
    if (decision.findings.some(({ exempt }) => exempt !== undefined)) this.exempt++;
    for (const outcome of decision.policies) this.#addOutcome(outcome, decision);
  }

  #addOutcome(outcome: PolicyOutcome, decision: Decision): void {
    const policy = this.#byName.get(outcome.name);
    const mark = markOf(outcome, decision);
    if (policy === undefined || mark === undefined) return;
    policy.judged++;
    if (mark !== "allow") policy[COUNTS[mark]]++;
  }
}
