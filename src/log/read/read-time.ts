/** What a time stands for, in milliseconds since 1970: a day has a length, a moment none. */
export interface TimeRange {
  readonly from: number;
  /** The first moment that is not part of it any more, where it is a day; else the moment itself. */
  readonly to: number;
}

const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const SPAN = /^(\d{1,9})([smhdw])$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?$/;

/**
 * Reads a time as people write it: `2026-01-31`, `2026-01-31T10:00`, `2026-01-31 10:00:00+01:00`, or how long ago: `90s`,
 * `30m`, `2h`, `7d`, `2w`. Without a zone it is UTC.
 *
 * @param now in milliseconds since 1970.
 * @returns undefined where it is none of these, or no day of the calendar.
 */
export function readTime(text: string, now: number): TimeRange | undefined {
  const [, count, unit] = SPAN.exec(text) ?? [];
  if (count !== undefined) {
    const ago = now - Number(count) * UNITS[unit as keyof typeof UNITS];
    return { from: ago, to: ago };
  }
  if (DAY.test(text)) {
    const from = dayStart(text);
    return from === undefined ? undefined : { from, to: from + UNITS.d };
  }
  const [, day = "", time, zone = "Z"] = MOMENT.exec(text) ?? [];
  const at = dayStart(day) === undefined ? Number.NaN : Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(at) ? undefined : { from: at, to: at };
}

/** Date.parse takes 31 February for a day of March. */
function dayStart(day: string): number | undefined {
  const at = Date.parse(day);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? at : undefined;
}
