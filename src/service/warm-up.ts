import type { Event } from "../../typings/events.d.ts";
import { EVENTS } from "../hook/events.ts";
import { hookWords } from "../hook/invocation.ts";
import { now } from "../now.ts";
import type { RemotePolicies } from "../sandbox/remote-policies.ts";
import { decideRequest, type Ground } from "./decide-request.ts";
import { TYPICAL_DOCUMENTS } from "./typical-documents.ts";

/** How many decisions make an evaluator and the engine as quick as they get. */
const DECISIONS = 20;

/** How long all of it may take, in milliseconds: a policy that is slow is so in the first decision as well. */
const MAX_TIME = 5000;

/**
 * Has an evaluator make some decisions about typical documents, which nobody gets to know.
 *
 * @returns Whether it came to their end; else the evaluator may still be at work.
 */
export async function warmUp(ground: Ground, remote: RemotePolicies): Promise<boolean> {
  const watching = ground.bundle.manifest.policies.filter(({ mode }) => mode !== "off");
  const events = [...new Set(watching.flatMap(({ on }) => on))];
  const endsAt = now() + MAX_TIME;
  for (let count = 0; count < DECISIONS && events.length > 0; count += 1) {
    const event = events[count % events.length] as Event;
    const [hook = "", , ...rest] = hookWords(event) ?? [];
    const document = Buffer.from(TYPICAL_DOCUMENTS[EVENTS[event].document]);
    const words = [hook, "virt-warden-warm-up", ...rest];
    const request = { digest: undefined, time: MAX_TIME, spares: false, words, document, guests: "" };
    const { isInTime } = await decideRequest(request, ground, () => [remote], endsAt);
    if (!isInTime || remote.isSpent) return false;
  }
  return true;
}
