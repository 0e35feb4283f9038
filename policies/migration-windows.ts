import * as v from "valibot";
import { definePolicy } from "virt-warden";

const MINUTE = 60_000;
const DAY = 24 * 60;
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

const time = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 22:30, in quotes"));

const offset = v.pipe(
  v.string(),
  v.regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, "must be an offset such as +01:00, in quotes"),
);

/**
 * A migration takes network, and slows the guest down: outside of the windows that were agreed on, it waits. libvirt asks
 * the destination alone, so that these are the windows of the host where guests arrive. To evacuate a host at another
 * time, exempt the guests for that day, or break the glass.
 * @see https://libvirt.org/hooks.html#etc-libvirt-hooks-qemu
 * @see https://libvirt.org/migration.html
 */
export default definePolicy({
  name: "migration-windows",
  description: "Guests migrate to this host at agreed times alone.",
  on: ["qemu/migrate", "libxl/migrate"],
  settings: v.strictObject({
    /**
     * When guests may arrive; never unless given. A window that ends before it begins goes on into the next day; the days
     * are those that it begins on.
     */
    windows: v.optional(
      v.array(
        v.strictObject({
          /** Every day unless given. */
          days: v.optional(v.pipe(v.array(v.picklist(DAYS)), v.minLength(1)), [...DAYS]),
          from: time,
          /** The first minute that is out of the window again; the whole day where it is `from`. */
          to: time,
        }),
      ),
      [],
    ),
    /** The offset of the windows' times from UTC, all year: summer time is not followed. */
    offset: v.optional(offset, "+00:00"),
  }),
  check({ now, settings, deny }) {
    const { windows, offset } = settings;
    const local = new Date(now + (offset.startsWith("-") ? -1 : 1) * minutes(offset.slice(1)) * MINUTE);
    const today = local.getUTCDay();
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    const isOpen = windows.some(({ days, from, to }) => {
      const length = (minutes(to) - minutes(from) + DAY) % DAY || DAY;
      return days.some((day) => {
        const since = ((today - DAYS.indexOf(day) + 7) % 7) * DAY + minute - minutes(from);
        return since >= 0 && since < length;
      });
    });
    if (isOpen) return;
    const clock = `${DAYS[today]} ${local.toISOString().slice(11, 16)} (UTC${offset})`;
    const when = windows.map(({ days, from, to }) => `${days.length === 7 ? "daily" : days.join(",")} ${from}-${to}`);
    deny(`no guest may arrive at ${clock}; the windows are ${when.join(", ") || "none"}`);
  },
});

/** Minutes of a time or an offset. */
function minutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}
