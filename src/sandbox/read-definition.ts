import type { Event } from "../../typings/events.d.ts";
import type { Need } from "../../typings/policy.d.ts";
import { DEFAULT_EVENTS } from "../hook/default-events.ts";
import { isEvent } from "../hook/events.ts";
import type { Description } from "./describe.ts";
import type { GuestDescription } from "./guest-description.ts";

/** What a policy says of itself beside its settings. */
export type Definition = Omit<Extract<Description, { ok: true }>, "file" | "ok" | "settings">;

/** Names stand in every reason. */
const MAX_NAME = 64;

/** Each of the type's needs, and no other: the compiler sees to it. */
const NEEDS: Readonly<Record<Need, true>> = { guests: true, secrets: true };

/** @returns the definition, or what is not valid in it. */
export function readDefinition(found: Extract<GuestDescription, { ok: true }>): Definition | string {
  const { name, description, on, needs, whenRunning, rewrites } = found;
  if (typeof name !== "string") return unlikeName(name);
  if (name.length > MAX_NAME) return `name is longer than ${MAX_NAME} characters`;
  if (!/^[a-z0-9-]+$/.test(name)) return unlikeName(name);
  const events = readEvents(on ?? DEFAULT_EVENTS);
  if (typeof events === "string") return events;
  const needed = readNeeds(needs ?? []);
  if (typeof needed === "string") return needed;
  const meant = whenRunning ?? undefined;
  if (meant !== undefined && meant !== "kill")
    return `whenRunning is ${JSON.stringify(meant)}: write "kill", or leave it out`;
  return {
    name,
    ...(typeof description === "string" ? { description } : {}),
    on: events,
    needs: needed,
    ...(meant === undefined ? {} : { whenRunning: meant }),
    rewrites,
  };
}

function unlikeName(name: unknown): string {
  return `name ${JSON.stringify(name)} is not made of a-z, 0-9 and -`;
}

function readEvents(on: unknown): readonly Event[] | string {
  if (!Array.isArray(on)) return "on is not a list of events";
  if (on.length === 0) return "on is empty: name an event, or leave it out for the usual ones";
  const unknown = on.find((event) => typeof event !== "string" || !isEvent(event));
  return unknown === undefined ? on : `on has ${JSON.stringify(unknown)}, which is no event of libvirt's`;
}

function readNeeds(needs: unknown): readonly Need[] | string {
  const known = Object.keys(NEEDS).join(" and ");
  if (!Array.isArray(needs)) return `needs is not a list; there are ${known}`;
  const unknown = needs.find((need) => typeof need !== "string" || !Object.hasOwn(NEEDS, need));
  return unknown === undefined
    ? [...new Set(needs)]
    : `needs has ${JSON.stringify(unknown)}, which no policy can have; there are ${known}`;
}
