import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { refuses } from "../hook/events.ts";
import type { Invocation } from "../hook/invocation.ts";
import type { CheckInput } from "../sandbox/run-policy.ts";
import type { Decision, Durations, Status } from "./decision.ts";
import { type Engine, round, unwatched, watches } from "./judge.ts";
import { judgeAll } from "./judge-all.ts";
import { type ReadDocument, readDocument } from "./read-document.ts";
import { shownObject, shownUuid } from "./subject-words.ts";

/**
 * Decides an invocation: every watching policy judges the document, then the strictest wins.
 *
 * @param readBytes Gives the document's bytes; not called where no policy watches the event.
 * @throws DocumentError where the document is refused.
 */
export async function decide(invocation: Invocation, readBytes: () => Uint8Array, engine: Engine): Promise<Decision> {
  const started = performance.now();
  const { policies } = engine.manifest;
  const isWatched = policies.some((policy) => watches(policy, invocation));
  const document = isWatched ? readDocument(invocation, readBytes()) : undefined;
  const documentRead = performance.now();
  const { judgements, error } =
    document === undefined
      ? { judgements: policies.map(unwatched) }
      : await judgeAll(invocation, document.guest, checkInput(invocation, document), engine);
  const statuses = judgements.map((each) => each.status);
  const strictest: Status = error !== undefined ? 3 : statuses.includes(1) ? 1 : statuses.includes(2) ? 2 : 0;
  const uuid = shownUuid(document?.uuid);
  const status = refuses(invocation.hook, invocation.operation) && !engine.spares ? strictest : 0;
  return {
    id: randomUUID(),
    event: invocation.event,
    object: shownObject(objectOf(invocation, document)),
    ...(uuid === undefined ? {} : { uuid }),
    decision: status === 0 ? "allow" : "deny",
    status,
    findings: judgements.flatMap((each) => each.findings),
    failures: judgements.flatMap((each) => each.failure ?? []),
    policies: judgements.map((each) => each.outcome),
    logs: judgements.flatMap((each) => each.logs),
    ...(error === undefined ? {} : { error }),
    ...(document?.unknown === undefined ? {} : { unknown: document.unknown }),
    ...(engine.skippedLayers?.length ? { skippedLayers: engine.skippedLayers } : {}),
    durations: durations(started, documentRead),
    bundle: engine.digest,
  };
}

/** What libvirt named, or for a document at rest the document's own name. */
function objectOf({ object }: Invocation, document: ReadDocument | undefined): string {
  return object || (document?.name ?? "");
}

function durations(started: number, documentRead: number): Durations {
  const ended = performance.now();
  return {
    document: round(documentRead - started),
    policies: round(ended - documentRead),
    total: round(ended - started),
  };
}

/** The context's members that every policy shares. */
function checkInput(invocation: Invocation, document: ReadDocument): CheckInput {
  const { event, hook, operation, suboperation, extra } = invocation;
  const object = objectOf(invocation, document);
  return {
    context: { event, hook, operation, suboperation, extra, object, host: { hostname: hostname() }, ...document.model },
    xml: document.xml === undefined ? "" : JSON.stringify(document.xml),
  };
}
