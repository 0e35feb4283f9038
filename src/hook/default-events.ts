import type { DefaultEvent } from "../../typings/policy.d.ts";

/** Each of the type's events, and no other: the compiler sees to it. */
const EACH: Readonly<Record<DefaultEvent, true>> = {
  "qemu/prepare": true,
  "qemu/migrate": true,
  "qemu/restore": true,
};

/** The events that a policy watches when it names none. */
export const DEFAULT_EVENTS = Object.keys(EACH) as readonly DefaultEvent[];
