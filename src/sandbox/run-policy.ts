import type { Limits, ManifestPolicy } from "../bundle/manifest.ts";
import type { RunFailure } from "../engine/decision.ts";
import { type CheckResult, type Collected, type RunFinding, type RunLog, readCheckResult } from "./check-result.ts";
import { explainStop } from "./explain-stop.ts";
import { POLICY_FILENAME } from "./isolate.ts";
import { frameText, mapStack } from "./map-stack.ts";
import type { OpenBundle } from "./open-bundle.ts";
import type { PolicyRunner } from "./runner.ts";

/** What a policy's run gave. */
export interface PolicyRun {
  readonly findings: readonly RunFinding[];
  readonly logs: readonly RunLog[];
  readonly failure?: RunFailure;
}

/** The context of a check as texts. */
export interface CheckInput {
  /** JSON of the context's plain members but the settings. */
  readonly context: Readonly<Record<string, unknown>>;
  /** JSON of the generic tree; `""` for none. */
  readonly xml: string;
}

/** What is said of a policy whose result is none that the runtime writes. */
const UNREADABLE = "its result could not be read";

/** Runs one policy's check in the sandbox. */
export async function runPolicy(
  runner: PolicyRunner,
  policy: ManifestPolicy,
  bundle: Pick<OpenBundle, "codeOf" | "mapOf">,
  input: CheckInput,
  limits: Limits,
): Promise<PolicyRun> {
  const context = JSON.stringify({ ...input.context, settings: policy.settings });
  const code = bundle.codeOf(policy);
  const result = await runner.run(policy.name, {
    command: "check",
    code,
    inputs: [context, input.xml],
  });
  const found = readCheckResult(result.ok ? result.text : (result.text ?? ""));
  if (!result.ok) {
    return { ...foundBy(found), failure: { kind: result.kind, message: explainStop(result, limits) } };
  }
  if (found === undefined) return { ...foundBy(found), failure: { kind: "invalid", message: UNREADABLE } };
  const late = result.rejection === undefined ? null : ({ kind: "exception", ...result.rejection } as const);
  const thrown = found.error ?? late;
  if (thrown === null) return foundBy(found);
  const stack = mapStack(thrown, POLICY_FILENAME, () => bundle.mapOf(policy)).map(frameText);
  const failure = { kind: thrown.kind, message: thrown.message, ...(stack.length === 0 ? {} : { stack }) };
  return { ...foundBy(found), failure };
}

/** What a policy found and logged, however it ended. */
function foundBy(result: CheckResult | undefined): Pick<PolicyRun, "findings" | "logs"> {
  if (result === undefined) return { findings: [], logs: [] };
  const { denials, warnings, logs } = result;
  return {
    findings: [
      ...whole<RunFinding>(denials, (more) => ({ level: "deny", reason: `${more} more denials were dropped`, more })),
      ...whole<RunFinding>(warnings, (more) => ({ level: "warn", reason: `${more} more warnings were dropped`, more })),
    ],
    logs: whole(logs, (more) => ({ level: "warn", message: `${more} more messages were dropped`, more })),
  };
}

/** What was kept, and a last one that says how much is missing. */
function whole<T>({ kept, dropped }: Collected<T>, say: (count: number) => T): readonly T[] {
  return dropped === 0 ? kept : [...kept, say(dropped)];
}
