import type { Manifest, Mode } from "../bundle/manifest.ts";
import type { Decision, PolicyOutcome } from "../engine/decision.ts";

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
    for (const outcome of decision.policies) this.#addOutcome(outcome, decision);
  }

  #addOutcome({ name, outcome }: PolicyOutcome, { findings }: Decision): void {
    const policy = this.#byName.get(name);
    if (policy === undefined || outcome === "not-watching" || outcome === "off") return;
    policy.judged++;
    const isExempt = findings.some((finding) => finding.policy === name && finding.exempt !== undefined);
    if (outcome === "failed") policy.failed++;
    else if (outcome !== "allow" && isExempt) policy.exempt++;
    else if (outcome === "deny") policy.denied++;
    else if (outcome === "warn") policy.warned++;
  }
}

/** Whether there is something to say of a document. */
export function hasFindings({ findings, failures, error }: Decision): boolean {
  return findings.length > 0 || failures.length > 0 || error !== undefined;
}
