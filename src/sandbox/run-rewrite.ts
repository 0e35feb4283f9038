import type { Limits, ManifestPolicy } from "../bundle/manifest.ts";
import type { RewriteRun } from "../engine/engine.ts";
import type { OpenBundle } from "./open-bundle.ts";
import { type RewriteResult, readRewriteResult } from "./rewrite-result.ts";
import { type CheckInput, type GuestFunction, type GuestRun, runGuest, wholeLogs } from "./run-guest.ts";
import type { PolicyRunner } from "./runner.ts";

/** A policy's rewriting, as the sandbox knows it. */
export const REWRITE: GuestFunction<RewriteResult> = { command: "rewrite", read: readRewriteResult };

/** Asks one policy in the sandbox what it would change in the document; nothing where it fails. */
export async function runRewrite(
  runner: PolicyRunner,
  policy: ManifestPolicy,
  bundle: Pick<OpenBundle, "codeOf" | "mapOf">,
  input: CheckInput,
  limits: Limits,
): Promise<RewriteRun> {
  return rewriteRunOf(await runGuest(REWRITE, runner, policy, bundle, input, limits));
}

/** What a rewrite's run comes to. */
export function rewriteRunOf({ told, failure }: GuestRun<RewriteResult>): RewriteRun {
  const logs = told === undefined ? [] : wholeLogs(told.logs);
  return failure === undefined ? { edits: told?.edits ?? [], logs } : { edits: [], logs, failure };
}
