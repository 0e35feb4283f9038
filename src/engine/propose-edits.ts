import type { ManifestPolicy } from "../bundle/manifest.ts";
import { now } from "../now.ts";
import type { PolicyEdits } from "../rewrite/edit.ts";
import { shownPlace } from "../rewrite/rewrite-error.ts";
import type { Decision } from "./decision.ts";
import { type RewriteRun, runningOrder, watches } from "./engine.ts";
import { findExemption } from "./exemptions.ts";
import { MASK } from "./found-secrets.ts";
import { hideSecrets, secretsKnownTo } from "./hide-secrets.ts";
import { inTime, outOfTime } from "./in-time.ts";
import type { Case, Rewriting } from "./judge.ts";
import { safely } from "./safely.ts";

/** What policies would change in a document. */
export interface Proposals {
  /** Of the policies that change something, in the bundle's order. */
  readonly edits: readonly PolicyEdits[];
  /** What else their rewriting gave, by their names. */
  readonly rewritings: ReadonlyMap<string, Rewriting>;
  /** Where time ran out before every policy was asked. */
  readonly error?: NonNullable<Decision["error"]>;
}

/**
 * Asks every policy that may rewrite what it would change, each on the document as it came: one that enforces, that does
 * not exempt the guest, and that did not fail earlier.
 */
export async function proposeEdits(subject: Omit<Case, "rewritings">): Promise<Proposals> {
  const { engine } = subject;
  const edits = new Map<string, RewriteRun["edits"]>();
  const rewritings = new Map<string, Rewriting>();
  const proposals = (): Proposals => ({
    edits: engine.manifest.policies
      .map(({ name }) => ({ policy: name, edits: edits.get(name) ?? [] }))
      .filter((proposed) => proposed.edits.length > 0),
    rewritings,
  });
  for (const policy of runningOrder(engine).filter((each) => mayRewrite(each, subject))) {
    const wasReached = engine.deadline?.isOver !== true;
    const started = now();
    const run = await inTime(() => propose(policy, subject), engine.deadline);
    if (run === undefined) return { ...proposals(), error: outOfTime(policy.name, wasReached) };
    const known = secretsKnownTo(policy, subject);
    const isMasked = !subject.secrets.isIdle && known.isIdle;
    const { logs, failure = isMasked ? maskFault(run.edits) : undefined } = hideSecrets(run, known);
    rewritings.set(policy.name, { logs, ...(failure && { failure }), ms: run.ms ?? now() - started });
    if (failure === undefined) edits.set(policy.name, run.edits);
  }
  return proposals();
}

function mayRewrite(policy: ManifestPolicy, { invocation, guest, time, engine }: Omit<Case, "rewritings">): boolean {
  const isBinding = policy.mode === "enforce" && findExemption(policy.exempt, guest, new Date(time)) === undefined;
  return policy.rewrites && isBinding && watches(policy, invocation) && !engine.failed.has(policy.name);
}

/**
 * Refuses edits that write the mask into the document of a policy that does not see what is behind it: it would be the
 * new password, which everybody knows.
 */
function maskFault(edits: RewriteRun["edits"]): RewriteRun["failure"] {
  const edit = edits.find((each) => JSON.stringify(each).includes(MASK));
  if (edit === undefined) return undefined;
  const message = `${edit.edit} at ${shownPlace(edit.at)} would write the mask of a secret; a policy with needs: ["secrets"] sees the secret itself`;
  return { kind: "invalid", message };
}

function propose(policy: ManifestPolicy, { inputs, engine }: Omit<Case, "rewritings">): Promise<RewriteRun> {
  const input = inputs(policy);
  return safely<RewriteRun>(() => engine.rewrite(policy, input, engine.manifest.limits), {
    edits: [],
    logs: [],
    failure: { kind: "invalid", message: "its edits could not be read" },
  });
}
