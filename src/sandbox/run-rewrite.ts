import type { Limits, ManifestPolicy } from "../bundle/manifest.ts";
import type { RewriteRun } from "../engine/engine.ts";
import type { OpenBundle } from "./open-bundle.ts";
import { readRewriteResult } from "./rewrite-result.ts";
import { type CheckInput, runGuest, wholeLogs } from "./run-guest.ts";
import type { PolicyRunner } from "./runner.ts";

/** Asks one policy in the sandbox what it would change in the document; nothing where it fails. */
export async function runRewrite(
  runner: PolicyRunner,
  policy: ManifestPolicy,
  bundle: Pick<OpenBundle, "codeOf" | "mapOf">,
  input: CheckInput,
  limits: Limits,
): Promise<RewriteRun> {
  const rewrite = { command: "rewrite", read: readRewriteResult } as const;
  const { told, failure } = await runGuest(rewrite, runner, policy, bundle, input, limits);
  const logs = told === undefined ? [] : wholeLogs(told.logs);
  return failure === undefined ? { edits: told?.edits ?? [], logs } : { edits: [], logs, failure };
}
