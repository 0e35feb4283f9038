import type { PolicyEdits } from "../rewrite/edit.ts";
import type { RewriteNote } from "./decision.ts";
import { secretsKnownTo } from "./hide-secrets.ts";
import type { Case, Judgement, Rewriting } from "./judge.ts";
import { type Judgements, judgeAll } from "./judge-all.ts";
import { type HostFor, policyInputs } from "./policy-inputs.ts";
import { type Proposals, proposeEdits } from "./propose-edits.ts";
import type { ReadDocument } from "./read-document.ts";
import { rewriteDocument, type Unchanged } from "./rewrite-document.ts";
import type { Scrubber } from "./scrubber.ts";
import { strictest } from "./verdict.ts";

/** What policies make of a document that they may change. */
export interface RewrittenJudgements extends Judgements {
  /** The document that they judged, where that is not the one that came, and what was changed. */
  readonly rewritten?: Pick<ReadDocument, "unknown"> & {
    readonly bytes: Uint8Array;
    readonly notes: readonly RewriteNote[];
  };
}

/**
 * Has policies change a document and judge the result. Where their edits cannot be made, the document as it came is
 * judged, so that denials are said as well as that failure.
 *
 * @param came The document's bytes as they came.
 * @param start What all of it is about; its inputs are of the document as it came.
 */
export async function judgeRewritten(
  came: Uint8Array,
  document: ReadDocument,
  start: Omit<Case, "rewritings">,
  hostFor: HostFor,
): Promise<RewrittenJudgements> {
  const { invocation, time, engine } = start;
  const { rewritings, edits, error } = await proposeEdits(start);
  if (error !== undefined) return { judgements: [], error };
  const seeing = engine.manifest.policies.filter(({ needs }) => needs.includes("secrets")).map(({ name }) => name);
  const seen = secretsKnownTo({ needs: seeing.length > 0 ? ["secrets"] : [] }, start);
  const settled = new Map<string, Judgement>();
  for (;;) {
    const proposed = edits.filter(({ policy }) => !settled.has(policy));
    const made = rewriteDocument(invocation, came, document, proposed, seen);
    if (!("bytes" in made)) return judgeAll({ ...start, rewritings: withFailures(rewritings, made) }, settled);
    const inputs = policyInputs(invocation, made.document, hostFor, time);
    const secrets = start.secrets.with(made.document.secrets);
    const areSpread = proposed.some(({ policy }) => seeing.includes(policy));
    const judged = await judgeAll({ ...start, rewritings, inputs, secrets, areSpread }, settled);
    const lapsed = strictest(judged.judgements, judged.error) === 0 ? failedBeside(proposed, judged) : [];
    if (lapsed.length === 0) {
      const unknown = shownUnknown(made.document, areSpread ? secrets : undefined);
      return { ...judged, rewritten: { bytes: made.bytes, notes: notesOf(proposed, start), ...unknown } };
    }
    for (const judgement of lapsed) settled.set(judgement.outcome.name, judgement);
  }
}

function withFailures(rewritings: Proposals["rewritings"], made: Unchanged): ReadonlyMap<string, Rewriting> {
  const entries = [...made.failures].map(([name, failure]) => {
    const { logs, ms } = rewritings.get(name) ?? { logs: [], ms: 0 };
    return [name, { logs, ms, failure }] as const;
  });
  return new Map([...rewritings, ...entries]);
}

/**
 * Judgements of policies that changed the document and then failed to judge it, by their own `onError: allow`: a policy
 * that fails changes nothing, so the others judge again without its edits.
 */
function failedBeside(proposed: readonly PolicyEdits[], { judgements }: Judgements): readonly Judgement[] {
  const editing = new Set(proposed.map(({ policy }) => policy));
  return judgements.filter(({ outcome, failures }) => failures.length > 0 && editing.has(outcome.name));
}

/** What libvirt's schema does not know in a document. */
function shownUnknown({ unknown }: ReadDocument, secrets: Scrubber | undefined): Pick<ReadDocument, "unknown"> {
  if (unknown === undefined) return {};
  const first = unknown.first.map((part) => secrets?.scrubQuotes(part) ?? part);
  return { unknown: { ...unknown, first } };
}

function notesOf(proposed: readonly PolicyEdits[], start: Omit<Case, "rewritings">): readonly RewriteNote[] {
  const policies = new Map(start.engine.manifest.policies.map((policy) => [policy.name, policy]));
  return proposed.flatMap(({ policy, edits }) => {
    const known = secretsKnownTo(policies.get(policy) ?? { needs: [] }, start);
    return edits.map(({ edit, at }) => ({ policy, edit, at: known.scrub(at) }));
  });
}
