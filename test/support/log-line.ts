import type { Decision } from "../../src/engine/decision.ts";
import { decisionLine } from "../../src/log/decision-line.ts";

/** A line of the decision log as virt-warden writes it, of a guest that was allowed unless told otherwise. */
export function logLine(time: number | string, object: string, more: Partial<Decision> = {}): string {
  const decision: Decision = {
    id: crypto.randomUUID(),
    event: "qemu/prepare",
    object,
    decision: "allow",
    status: 0,
    findings: [],
    failures: [],
    policies: [],
    logs: [],
    durations: { process: 40, document: 1, model: 1, contexts: 1, policies: 1, total: 10 },
    bundle: "d1ce",
    ...more,
  };
  return `${decisionLine(decision, typeof time === "string" ? Date.parse(time) : time)}\n`;
}

/** What is different in a decision by which a policy denied. */
export function deniedBy(policy: string): Partial<Decision> {
  const findings = [{ policy, level: "deny", mode: "enforce", reason: "not here" }] as const;
  return { decision: "deny", status: 1, findings };
}
