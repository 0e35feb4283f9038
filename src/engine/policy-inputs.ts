import type { Host, HostWithGuests } from "../../typings/policy.d.ts";
import type { ManifestPolicy } from "../bundle/manifest.ts";
import type { Invocation } from "../hook/invocation.ts";
import type { CheckInput } from "../sandbox/run-policy.ts";
import type { Engine } from "./engine.ts";
import { hostFacts } from "./host.ts";
import type { ReadDocument } from "./read-document.ts";
import { readRunningGuests } from "./running-guests.ts";

/** Gives what a policy gets to know, as far as it asked for it. */
export type PolicyInputs = (policy: ManifestPolicy) => CheckInput;

/** What libvirt named, or for a document at rest the document's own name. */
export function objectOf({ object }: Invocation, document: ReadDocument | undefined): string {
  return object || (document?.name ?? "");
}

/** Whether two policies get the same input, which is then one object. */
export function sharesInput(one: Pick<ManifestPolicy, "needs">, other: Pick<ManifestPolicy, "needs">): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ needs }: Pick<ManifestPolicy, "needs">): string {
  return needs.toSorted().join(" ");
}

/**
 * The contexts of policies at an event; what several policies share is made once.
 *
 * @param time When it is decided, in milliseconds since 1970.
 */
export function policyInputs(
  invocation: Invocation,
  document: ReadDocument,
  hostFor: HostFor,
  time: number,
): PolicyInputs {
  const { event, hook, operation, suboperation, extra } = invocation;
  const call = { event, hook, operation, suboperation, extra, object: objectOf(invocation, document), now: time };
  const inputs = new Map<string, CheckInput>();
  return (policy) => {
    const known = inputs.get(keyOf(policy));
    if (known !== undefined) return known;
    const { model, xml } = policy.needs.includes("secrets") ? document.viewWithSecrets() : document.view;
    const input = { context: { ...call, host: hostFor(policy), ...model }, xml };
    inputs.set(keyOf(policy), input);
    return input;
  };
}

/** Gives a policy's `host`. */
export type HostFor = (policy: ManifestPolicy) => Host | HostWithGuests;

/** The host as policies see it. Its guests are read when the first policy that needs them asks. */
export function hostsOf(
  invocation: Invocation,
  document: ReadDocument,
  { readGuests, host = hostFacts() }: Engine,
): HostFor {
  let withGuests: HostWithGuests | undefined;
  return ({ needs }) => {
    if (!needs.includes("guests")) return host;
    withGuests ??= { ...host, guests: otherGuests(invocation, document, readGuests()) };
    return withGuests;
  };
}

function otherGuests({ hook }: Invocation, { guest }: ReadDocument, text: string): HostWithGuests["guests"] {
  const others = readRunningGuests(text, { hook, ...guest });
  // a port's owner is of another hook than its network, nobody says of which
  return hook === "network" ? others.filter(({ uuid }) => uuid !== guest?.uuid) : others;
}
