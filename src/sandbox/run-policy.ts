import type { Limits, ManifestPolicy } from "../bundle/manifest.ts";
import type { Failure, Finding, PolicyLog } from "../engine/decision.ts";
import { explainStop } from "./explain-stop.ts";
import type { PolicyRunner } from "./runner.ts";

/** A finding as the policy gave it. */
type RunFinding = Pick<Finding, "level" | "reason" | "at">;

/** What a policy's run gave. */
export interface PolicyRun {
  readonly findings: readonly RunFinding[];
  readonly logs: readonly Omit<PolicyLog, "policy">[];
  readonly failure?: Pick<Failure, "kind" | "message">;
}

/** The runtime's answer, as `guest/check.ts` writes it. */
interface CheckResult {
  readonly denials: Collected<RunFinding>;
  readonly warnings: Collected<RunFinding>;
  readonly logs: Collected<PolicyRun["logs"][number]>;
  readonly error: Pick<Failure, "kind" | "message"> | null;
}

interface Collected<T> {
  readonly kept: readonly T[];
  /** How many did not fit. */
  readonly dropped: number;
}

/** The context of a check as texts. */
export interface CheckInput {
  /** JSON of the context's plain members but the settings. */
  readonly context: Readonly<Record<string, unknown>>;
  /** JSON of the generic tree; `""` for none. */
  readonly xml: string;
}

/** Runs one policy's check in the sandbox. */
export async function runPolicy(
  runner: PolicyRunner,
  policy: ManifestPolicy,
  code: string,
  input: CheckInput,
  limits: Limits,
): Promise<PolicyRun> {
  const context = JSON.stringify({ ...input.context, settings: policy.settings });
  const result = await runner.run(policy.name, {
    command: "check",
    file: policy.file,
    code,
    inputs: [context, input.xml],
  });
  if (!result.ok) {
    return { findings: [], logs: [], failure: { kind: result.kind, message: explainStop(result, limits) } };
  }
  const { denials, warnings, logs, error } = JSON.parse(result.text) as CheckResult;
  const rejected = result.rejection === undefined ? null : ({ kind: "exception", message: result.rejection } as const);
  const failure = error ?? rejected;
  return {
    findings: [
      ...whole<RunFinding>(denials, (count) => ({ level: "deny", reason: `${count} more denials were dropped` })),
      ...whole<RunFinding>(warnings, (count) => ({ level: "warn", reason: `${count} more warnings were dropped` })),
    ],
    logs: whole(logs, (count) => ({ level: "warn", message: `${count} more messages were dropped` })),
    ...(failure === null ? {} : { failure }),
  };
}

/** What was kept, and a last one that says how much is missing. */
function whole<T>({ kept, dropped }: Collected<T>, say: (count: number) => T): readonly T[] {
  return dropped === 0 ? kept : [...kept, say(dropped)];
}
