import type { Limits, ManifestPolicy } from "../bundle/manifest.ts";
import type { RunFailure } from "../engine/decision.ts";
import { type CheckResult, type RunFinding, type RunLog, readCheckResult } from "./check-result.ts";
import { mapStack } from "./map-stack.ts";
import type { OpenBundle } from "./open-bundle.ts";
import { POLICY_FILENAME } from "./policy-filename.ts";
import { type CheckInput, type GuestFunction, type GuestRun, runGuest, whole, wholeLogs } from "./run-guest.ts";
import type { PolicyRunner } from "./runner.ts";

export type { CheckInput };

/** What a policy's run gave. */
export interface PolicyRun {
  readonly findings: readonly RunFinding[];
  readonly logs: readonly RunLog[];
  readonly failure?: RunFailure;
  /** How long it took, in milliseconds, where that is known better than by whoever waited for it. */
  readonly ms?: number;
}

/** A policy's check, as the sandbox knows it. */
export const CHECK: GuestFunction<CheckResult> = { command: "check", read: readCheckResult };

/** Runs one policy's check in the sandbox. */
export async function runPolicy(
  runner: PolicyRunner,
  policy: ManifestPolicy,
  bundle: Pick<OpenBundle, "codeOf" | "mapOf">,
  input: CheckInput,
  limits: Limits,
): Promise<PolicyRun> {
  const run = runOf(await runGuest(CHECK, runner, policy, bundle, input, limits));
  if (!runner.isTraced) return run;
  const mapText = (): string | undefined => bundle.mapOf(policy);
  return { ...run, findings: run.findings.map((finding) => placed(finding, mapText)) };
}

/** Says where in the policy's sources a finding was recorded. */
function placed({ stack, ...finding }: RunFinding, mapText: () => string | undefined): RunFinding {
  const [frame] = stack === undefined ? [] : mapStack({ message: "Error", stack }, POLICY_FILENAME, mapText);
  return frame === undefined ? finding : { ...finding, from: `${frame.source}:${frame.line}:${frame.column}` };
}

/** What a check's run comes to. */
export function runOf({ told, failure }: GuestRun<CheckResult>): PolicyRun {
  return { ...foundBy(told), ...(failure === undefined ? {} : { failure }) };
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
    logs: wholeLogs(logs),
  };
}
