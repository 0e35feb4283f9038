import type { Invocation } from "../hook/invocation.ts";
import { REWRITE_EVENTS } from "../hook/rewrite-events.ts";
import { now } from "../now.ts";
import type { Decision, Durations } from "./decision.ts";
import { decisionId } from "./decision-id.ts";
import { type Engine, watches } from "./engine.ts";
import { unwatched } from "./judge.ts";
import { judgeAll } from "./judge-all.ts";
import { judgeRewritten, type RewrittenJudgements } from "./judge-rewritten.ts";
import { hostsOf, objectOf, policyInputs } from "./policy-inputs.ts";
import { type ReadDocument, readDocument } from "./read-document.ts";
import { round } from "./round.ts";
import { Scrubber } from "./scrubber.ts";
import { shownObject, shownUuid } from "./subject-words.ts";
import { verdict } from "./verdict.ts";

/** How long another thread that reads the document is waited for once policies are done, in milliseconds. */
const PATIENCE = 100;

/** The answer to an invocation. */
export interface Answer {
  readonly decision: Decision;
  /**
   * The document that libvirt is to take in place of the one that came: only where the event is allowed and policies
   * changed it. It may hold secrets, so that no log may hold it.
   */
  readonly document?: Uint8Array;
}

/**
 * Decides an invocation: at some events policies first change the document, then every watching policy judges it, and
 * the strictest wins.
 *
 * @param readBytes Gives the document's bytes; not called where no policy watches the event.
 * @throws DocumentError where the document is refused, EngineFailure where the host's state cannot be read.
 */
export async function decide(invocation: Invocation, readBytes: () => Uint8Array, engine: Engine): Promise<Answer> {
  const started = now();
  const { policies } = engine.manifest;
  if (!policies.some((policy) => watches(policy, invocation))) {
    const judged = { judgements: policies.map(unwatched) };
    return { decision: compose(invocation, undefined, judged, engine, durations(started, undefined, engine)) };
  }
  const bytes = readBytes();
  const { isElsewhere = false } = engine;
  const elsewhere = invocation.document === "none" ? undefined : engine.confirm?.(bytes);
  const document = readDocument(invocation, bytes, { isConfirmedLater: isElsewhere });
  const judging = judgeDocument(invocation, bytes, document, engine);
  // where it fails, that is said once the document is confirmed
  judging.catch(() => {});
  const isConfirmed = elsewhere !== undefined && (await inPatience(elsewhere, judging));
  if (!isConfirmed) await confirm(document, judging);
  const judged = await judging;
  const decision = compose(invocation, document, judged, engine, durations(started, document, engine));
  const { rewritten } = judged;
  return decision.status !== 0 || rewritten === undefined ? { decision } : { decision, document: rewritten.bytes };
}

/** What another thread says of a document; false where it takes much longer than the policies. */
function inPatience(elsewhere: Promise<boolean>, judging: Promise<unknown>): Promise<boolean> {
  const wait = (): Promise<boolean> => new Promise((resolve) => setTimeout(resolve, PATIENCE, false));
  return Promise.race([elsewhere, judging.then(wait, wait)]);
}

/** Has the second reader confirm a document, where policies judge it meanwhile: nothing of theirs counts otherwise. */
async function confirm(document: ReadDocument, judging: Promise<unknown>): Promise<void> {
  try {
    document.confirm();
  } catch (error) {
    // whoever runs policies is free again then
    await judging.catch(() => {});
    throw error;
  }
}

async function judgeDocument(
  invocation: Invocation,
  bytes: Uint8Array,
  document: ReadDocument,
  engine: Engine,
): Promise<RewrittenJudgements> {
  const hostFor = hostsOf(invocation, document, engine);
  const { guest } = document;
  const secrets = { secrets: new Scrubber(document.secrets), areSpread: false };
  const { time = Date.now() } = engine;
  const inputs = policyInputs(invocation, document, hostFor, time);
  const start = { invocation, guest, inputs, time, ...secrets, engine };
  const mayChange = REWRITE_EVENTS.some((event) => event === invocation.event);
  return mayChange ? judgeRewritten(bytes, document, start, hostFor) : judgeAll({ ...start, rewritings: new Map() });
}

/** @param document As it came; missing where no policy watches the event. */
function compose(
  invocation: Invocation,
  document: ReadDocument | undefined,
  { judgements, error, rewritten }: RewrittenJudgements,
  { spares, skippedLayers = [], breakGlass, digest }: Engine,
  durations: Durations,
): Decision {
  const status = verdict(invocation, judgements, error, spares);
  const uuid = shownUuid(document?.uuid);
  const { unknown } = rewritten ?? document ?? {};
  return {
    id: decisionId(),
    event: invocation.event,
    object: shownObject(objectOf(invocation, document)),
    ...(uuid === undefined ? {} : { uuid }),
    decision: status === 0 ? "allow" : "deny",
    status,
    findings: judgements.flatMap(({ findings }) => findings),
    failures: judgements.flatMap(({ failures }) => failures),
    policies: judgements.map(({ outcome }) => outcome),
    logs: judgements.flatMap(({ logs }) => logs),
    ...(rewritten === undefined ? {} : { rewrites: rewritten.notes }),
    ...(error === undefined ? {} : { error }),
    ...(unknown === undefined ? {} : { unknown }),
    ...(skippedLayers.length === 0 ? {} : { skippedLayers }),
    ...(breakGlass && { breakGlass }),
    durations,
    bundle: digest,
  };
}

function durations(started: number, read: ReadDocument | undefined, engine: Engine): Durations {
  const total = now() - started;
  const { contextsMs = 0, processMs } = engine.durations ?? {};
  const { document, model } = read?.took ?? { document: 0, model: 0 };
  return {
    ...(processMs === undefined ? {} : { process: round(processMs) }),
    document: round(document),
    model: round(model),
    contexts: round(contextsMs),
    policies: round(Math.max(0, total - document - model - contextsMs)),
    total: round(total),
  };
}
