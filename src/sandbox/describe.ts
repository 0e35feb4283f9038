import type { Limits, SelfDescription } from "../bundle/manifest.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import type { DescribeInput } from "./describe-policy.ts";
import type { EvaluatorRecord } from "./read-record.ts";
import { type EvaluatorRun, runEvaluator } from "./run-evaluator.ts";

/** Policies of a bundle in the making. */
export interface DescribeRequest {
  /** `policies.js`. */
  readonly code: Uint8Array;
  readonly policies: readonly { readonly file: string; readonly offset: number; readonly length: number }[];
  /** Settings by policy name, as configured. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly limits: Limits;
}

/** What a policy says of itself, or why it cannot. */
export type Description =
  | ({
      readonly file: string;
      readonly ok: true;
    } & SelfDescription)
  | {
      readonly file: string;
      readonly ok: false;
      readonly code: "timeout" | "memory" | "exception" | "no-default-export" | "invalid" | "settings";
      readonly message: string;
      /** Where an exception came from; the source is relative to the configuration's folder. */
      readonly place?: { readonly source: string; readonly line: number; readonly column: number };
      readonly name?: string;
      readonly issues?: readonly { readonly message: string; readonly path: readonly (string | number)[] }[];
    };

/**
 * Loads policies inside the wall and reads their definitions: names, events and settings are known only by running
 * their code.
 *
 * @throws EngineFailure where the evaluator gave no answer.
 */
export async function describePolicies(request: DescribeRequest): Promise<Description[]> {
  const { code, policies, settings, limits } = request;
  const input: DescribeInput = { policies, settings, limits };
  const record = await runNamed(policies, {
    words: ["describe", "-"],
    code,
    manifestText: JSON.stringify(input),
    document: new Uint8Array(),
    // loading is quick where policies behave; each may use up its time where they do not
    limits: { ...limits, deadline: limits.deadline + policies.length * limits.time },
  });
  return JSON.parse(record.described ?? "[]") as Description[];
}

/** The evaluator knows policies by their place in the list, since their names are what is asked for. */
async function runNamed(policies: DescribeRequest["policies"], run: EvaluatorRun): Promise<EvaluatorRecord> {
  try {
    return await runEvaluator(run);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    const named = error.message.replace(/\bpolicy (\d+)\b/, (whole, index) => policies[Number(index)]?.file ?? whole);
    throw new EngineFailure(error.code, named);
  }
}
