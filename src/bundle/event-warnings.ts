import { resolve } from "node:path";
import type { Event } from "../../typings/events.d.ts";
import { EVENTS } from "../hook/events.ts";
import { REWRITE_EVENTS } from "../hook/rewrite-events.ts";
import type { Problem } from "../user-error.ts";
import { locateDefinition } from "./locate-definition.ts";
import type { ManifestPolicy } from "./manifest.ts";
import { codeOfSlice } from "./policy-slice.ts";
import { usesDeny } from "./uses-deny.ts";

/**
 * Documented, and called by no libvirt so far.
 * @see https://libvirt.org/hooks.html and virHookCall's callers in libvirt's src/
 */
const NEVER_CALLED: readonly Event[] = ["qemu/attach"];

/**
 * What policies ask for and do not get at the events that they watch: denials that nothing follows from, above all.
 *
 * @param code `policies.js`.
 * @param folder the configuration's folder.
 */
export async function eventWarnings(
  policies: readonly ManifestPolicy[],
  code: Uint8Array,
  folder: string,
): Promise<Problem[]> {
  const watching = policies.filter(({ mode }) => mode !== "off");
  const warnings = await Promise.all(
    watching.map((policy) => warningsOf(policy, code.subarray(policy.offset, policy.offset + policy.length), folder)),
  );
  return warnings.flat();
}

async function warningsOf(policy: ManifestPolicy, slice: Uint8Array, folder: string): Promise<Problem[]> {
  const { name, on, whenRunning, rewrites } = policy;
  const unheard = unheardEvents(policy);
  const canDeny = unheard.length > 0 && (await usesDeny(codeOfSlice(slice)));
  const events = [
    ...on
      .filter((event) => NEVER_CALLED.includes(event))
      .map((event) => ({ event, message: neverCalled(name, event) })),
    ...(canDeny ? unheard.map((event) => ({ event, message: onlyLogged(name, event) })) : []),
  ];
  const properties = [
    ...(whenRunning !== undefined && !on.some(kills) ? [{ property: "whenRunning", message: killsNothing(name) }] : []),
    ...(rewrites && !on.some(isRewritten) ? [{ property: "rewrite", message: neverRewrites(name) }] : []),
  ];
  if (events.length + properties.length === 0) return [];
  const locate = locateDefinition(slice, resolve(folder, policy.file), folder);
  return [
    ...events.map(({ event, message }) => ({ ...locate.event(event), message })),
    ...properties.map(({ property, message }) => ({ ...locate.property(property), message })),
  ];
}

/** The events at which a denial of a policy would be logged and nothing more. */
function unheardEvents({ on, whenRunning }: ManifestPolicy): readonly Event[] {
  return on.filter((event) => EVENTS[event].nonZeroExit === "ignored" || (kills(event) && whenRunning === undefined));
}

/** Whether a refusal ends what already runs. */
function kills(event: Event): boolean {
  return EVENTS[event].nonZeroExit === "kills" && !NEVER_CALLED.includes(event);
}

function isRewritten(event: Event): boolean {
  return REWRITE_EVENTS.some((each) => each === event);
}

function onlyLogged(name: string, event: Event): string {
  if (!kills(event)) return `${name} denies at ${event}, where libvirt ignores it: a denial there is only logged`;
  const end = event.startsWith("network/") ? "take the network down" : "kill the running guest";
  return `${name} denies at ${event}, where that would ${end}: a denial there is only logged; say whenRunning: "kill" to mean it`;
}

function neverCalled(name: string, event: Event): string {
  return `${name} watches ${event}, at which libvirt never calls a hook`;
}

function killsNothing(name: string): string {
  return `whenRunning of ${name} does nothing: it watches no event at which a denial ends what runs, such as qemu/started`;
}

function neverRewrites(name: string): string {
  return `rewrite of ${name} is never called: it watches none of ${REWRITE_EVENTS.join(", ")}`;
}
