import type { Limits, ManifestPolicy } from "../bundle/manifest.ts";
import type { RunFailure } from "../engine/decision.ts";
import type { Collected, RunError, RunLog } from "./check-result.ts";
import { explainStop } from "./explain-stop.ts";
import { type Call, POLICY_FILENAME } from "./isolate.ts";
import { frameText, mapStack } from "./map-stack.ts";
import type { OpenBundle } from "./open-bundle.ts";
import type { PolicyRunner } from "./runner.ts";

/** The context of a policy's function as texts. */
export interface CheckInput {
  /** JSON of the context's plain members but the settings. */
  readonly context: Readonly<Record<string, unknown>>;
  /** JSON of the generic tree; `""` for none. */
  readonly xml: string;
}

/** A policy's function, and how what the runtime tells of it is read. */
interface GuestFunction<Result> {
  readonly command: Extract<Call["command"], "check" | "rewrite">;
  /** Gives undefined for what the runtime did not write. */
  readonly read: (text: string) => Result | undefined;
}

/** What is said of a policy whose result is none that the runtime writes. */
const UNREADABLE = "its result could not be read";

/**
 * Runs one function of a policy in the sandbox.
 *
 * @returns What the runtime tells, as far as it could, and how the policy failed.
 */
export async function runGuest<Result extends { readonly error: RunError | null }>(
  { command, read }: GuestFunction<Result>,
  runner: PolicyRunner,
  policy: ManifestPolicy,
  bundle: Pick<OpenBundle, "codeOf" | "mapOf">,
  input: CheckInput,
  limits: Limits,
): Promise<{ readonly told?: Result; readonly failure?: RunFailure }> {
  const context = JSON.stringify({ ...input.context, settings: policy.settings });
  const code = bundle.codeOf(policy);
  const result = await runner.run(policy.name, { command, code, inputs: [context, input.xml] });
  const told = read(result.ok ? result.text : (result.text ?? ""));
  const known = told === undefined ? {} : { told };
  if (!result.ok) return { ...known, failure: { kind: result.kind, message: explainStop(result, limits) } };
  if (told === undefined) return { failure: { kind: "invalid", message: UNREADABLE } };
  const late = result.rejection === undefined ? null : ({ kind: "exception", ...result.rejection } as const);
  const thrown = told.error ?? late;
  if (thrown === null) return known;
  const stack = mapStack(thrown, POLICY_FILENAME, () => bundle.mapOf(policy)).map(frameText);
  return {
    ...known,
    failure: { kind: thrown.kind, message: thrown.message, ...(stack.length === 0 ? {} : { stack }) },
  };
}

/** What was kept of a kind, and a last one that says how much is missing. */
export function whole<T>({ kept, dropped }: Collected<T>, say: (count: number) => T): readonly T[] {
  return dropped === 0 ? kept : [...kept, say(dropped)];
}

/** What was logged, and a last message that says how much is missing. */
export function wholeLogs(logs: Collected<RunLog>): readonly RunLog[] {
  return whole(logs, (more) => ({ level: "warn", message: `${more} more messages were dropped`, more }));
}
