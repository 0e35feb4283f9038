import { Deadline } from "../engine/deadline.ts";
import { type Answer, decide } from "../engine/decide.ts";
import type { Engine } from "../engine/engine.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import { readInvocation } from "../hook/invocation.ts";
import { now } from "../now.ts";
import { failedAnswer, timeToSay } from "../sandbox/compose-record.ts";
import type { OpenBundle } from "../sandbox/open-bundle.ts";
import { remoteDecision, type Sharing } from "../sandbox/remote-decision.ts";
import { DocumentError } from "../xml/document-error.ts";
import type { Request } from "./request.ts";
import { RequestError } from "./request-error.ts";

/** The bundle that decides, and where. */
export interface Ground {
  readonly bundle: OpenBundle;
  /** SHA-256 of the manifest, in hex. */
  readonly digest: string;
  /** Layers of the wall that this host cannot give. */
  readonly skippedLayers: readonly string[];
}

/** An answer, and whether it came before time was over. */
export interface DecidedRequest {
  readonly answer: Answer;
  readonly isInTime: boolean;
}

/** What a policy may take beyond its limit before it is given up, in milliseconds: it may be run again alone. */
const GRACE = 500;

/**
 * Decides a request by evaluators, as a process of its own would: the same engine, and time ends in the same way.
 *
 * @param endsAt When the answer has to be there, as `now()` tells time.
 * @param confirm Has another thread read the document as well.
 * @throws {RequestError} where the asker has to decide itself.
 */
export async function decideRequest(
  { words, document, guests, spares, time }: Request,
  { bundle, digest, skippedLayers }: Ground,
  sharing: Sharing,
  endsAt: number,
  confirm: NonNullable<Engine["confirm"]> = () => undefined,
): Promise<DecidedRequest> {
  const { limits } = bundle.manifest;
  const deadline = new Deadline();
  const sayAt = endsAt - timeToSay(Math.min(time, limits.deadline));
  const end = setTimeout(() => deadline.end(), Math.max(0, sayAt - now()));
  const stalled = Promise.withResolvers<never>();
  // nothing is known of an evaluator that stands still, while there is time to decide without it; one policy may be
  // run twice before it shows that it goes on
  const once = limits.time + GRACE;
  const patience = Math.min(2 * once, Math.max(once, (endsAt - now()) / 2));
  const stall = setTimeout(() => stalled.reject(new RequestError("the evaluator stands still")), patience);
  try {
    const invocation = readInvocation(words);
    const answer = await Promise.race([
      decide(invocation, () => document, {
        manifest: bundle.manifest,
        digest,
        ...remoteDecision(sharing, bundle, invocation, () => stall.refresh()),
        readGuests: () => {
          if (guests === undefined) throw new RequestError("the running guests are missing");
          return guests;
        },
        failed: new Map(),
        confirm,
        spares,
        deadline,
        skippedLayers,
      }),
      stalled.promise,
    ]);
    return { answer, isInTime: !deadline.isOver };
  } catch (error) {
    // a fault of ours may not be one where each decision has a process of its own
    if (!(error instanceof EngineFailure || error instanceof DocumentError)) throw error;
    const answer = failedAnswer(words, error, { digest, spares, skippedLayers });
    return { answer, isInTime: !deadline.isOver };
  } finally {
    clearTimeout(end);
    clearTimeout(stall);
  }
}
