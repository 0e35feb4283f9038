import type { RewriteEvent } from "../../typings/events.d.ts";

/** Each of the type's events, and no other: the compiler sees to it. */
const EACH: Readonly<Record<RewriteEvent, true>> = {
  "qemu/migrate": true,
  "qemu/restore": true,
  "libxl/migrate": true,
};

/**
 * The events at which libvirt takes what its hook prints as the new document.
 * @see virHookCall's callers in libvirt's src/ that ask for its output
 */
export const REWRITE_EVENTS = Object.keys(EACH) as readonly RewriteEvent[];
