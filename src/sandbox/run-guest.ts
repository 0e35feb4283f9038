import type { Limits, ManifestPolicy } from "../bundle/manifest.ts";
import type { RunFailure } from "../engine/decision.ts";
import type { Collected, RunError, RunLog } from "./check-result.ts";
import { explainStop } from "./explain-stop.ts";
import type { Call, CallResult } from "./isolate.ts";
import { type LazyContext, lazyContext } from "./lazy-context.ts";
import { frameText, mapStack } from "./map-stack.ts";
import type { OpenBundle } from "./open-bundle.ts";
import { POLICY_FILENAME } from "./policy-filename.ts";
import type { PolicyRunner } from "./runner.ts";
import { settingsText } from "./settings-text.ts";

/** The context of a policy's function; policies that get the same one share one object. */
export interface CheckInput {
  /** The context's plain members but the settings. */
  readonly context: Readonly<Record<string, unknown>>;
  /** JSON of the generic tree; `""` for none. */
  readonly xml: string;
}

/** A policy's function, and how what the runtime tells of it is read. */
export interface GuestFunction<Result> {
  readonly command: Extract<Call["command"], "check" | "rewrite">;
  /** Gives undefined for what the runtime did not write. */
  readonly read: (text: string) => Result | undefined;
}

/** What a policy's function told, as far as it could, and how it failed. */
export interface GuestRun<Result> {
  readonly told?: Result;
  readonly failure?: RunFailure;
}

/** What is said of a policy whose result is none that the runtime writes. */
const UNREADABLE = "its result could not be read";

const texts = new WeakMap<CheckInput, LazyContext>();

/** An input as text, made once for all policies that share it. */
export function textOfInput(input: CheckInput): LazyContext {
  let text = texts.get(input);
  if (text === undefined) {
    text = lazyContext(input.context, input.xml);
    texts.set(input, text);
  }
  return text;
}

/** Runs one function of a policy in the sandbox. */
export async function runGuest<Result extends { readonly error: RunError | null }>(
  guestFunction: GuestFunction<Result>,
  runner: PolicyRunner,
  policy: ManifestPolicy,
  bundle: Pick<OpenBundle, "codeOf" | "mapOf">,
  input: CheckInput,
  limits: Limits,
): Promise<GuestRun<Result>> {
  const { command } = guestFunction;
  const code = bundle.codeOf(policy);
  const { text, head } = textOfInput(input);
  const result = await runner.run(policy.name, {
    command,
    code,
    inputs: [text, head, settingsText(policy), ...(runner.isTraced ? [Number(input.context.now)] : [])],
  });
  return readGuest(guestFunction, result, policy, bundle, limits);
}

/** Reads how a call of a policy's function ended. */
export function readGuest<Result extends { readonly error: RunError | null }>(
  { read }: GuestFunction<Result>,
  result: CallResult,
  policy: ManifestPolicy,
  bundle: Pick<OpenBundle, "mapOf">,
  limits: Limits,
): GuestRun<Result> {
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
