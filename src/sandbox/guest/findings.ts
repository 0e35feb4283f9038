import { json, quote, text } from "./text.ts";

const { apply } = Reflect;
const { bind } = Function.prototype;

/** More findings of a level, or log messages, than this are counted but dropped. */
const MAX_RECORDS = 100;

/** What is kept of one call: JSON of an object, but for its closing brace. */
interface Kept {
  json: string;
  next: Kept | undefined;
}

/** What a policy calls, and what its calls came to. */
export interface Recorder {
  /** Bound, so that a policy that looks at it sees no code of ours. */
  readonly record: (first: unknown, second?: unknown) => void;
  /** JSON of a `Collected` (`../check-result.ts`). Runs no code of the policy's. */
  collected(): string;
}

/** Records findings of a level. A reason that cannot be made a text is still a reason. */
export function findings(level: "deny" | "warn"): Recorder {
  const what = level === "deny" ? "denial" : "warning";
  const start = (reason: unknown) => `{"level":"${level}","reason":${quote(textOr(reason, "a reason"))}`;
  const lost = (count: number) =>
    `{"level":"${level}","reason":"${count === 1 ? `1 ${what} whose reason` : `${count} ${what}s whose reasons`} could not be read"}`;
  return recorder(start, place, lost);
}

/** Records messages, of all levels in one list. */
export function messages(): { at(level: string): Recorder["record"]; collected(): string } {
  const recordLevel = recorder(
    (message: { level: string; text: unknown }) =>
      `{"level":"${message.level}","message":${quote(textOr(message.text, "a message"))}`,
    (fields) => (fields === undefined ? "" : `,"fields":${json(fields)}`),
    (count) => `{"level":"warn","message":"${count} ${count === 1 ? "message" : "messages"} could not be read"}`,
  );
  return {
    at: (level) => bound((text: unknown, fields?: unknown) => recordLevel.record({ level, text }, fields)),
    collected: recordLevel.collected,
  };
}

/** A function that does the same and does not show its code. */
export function bound<T extends (...parameters: never[]) => unknown>(own: T): T {
  return apply(bind, own, [undefined]);
}

/**
 * Keeps records where what a policy does to its globals cannot reach them. Reading what a policy gave may run its code,
 * which may call again, throw, or never end: so every call is counted before anything else is done, is kept before its
 * second argument is read, and what was counted but never kept is reported as such.
 *
 * @param start Reads the first argument; gives JSON without its closing brace.
 * @param rest Reads the second; gives more JSON, or `""`.
 * @param lost JSON of a record that stands for so many calls that could not be read.
 */
function recorder<T>(
  start: (first: T) => string,
  rest: (second: unknown) => string,
  lost: (count: number) => string,
): { record: (first: T, second?: unknown) => void; collected(): string } {
  let attempts = 0;
  let kept = 0;
  let dropped = 0;
  let first: Kept | undefined;
  let last: Kept | undefined;
  const keep = (given: T): Kept | undefined => {
    const json = kept < MAX_RECORDS ? start(given) : "";
    // the policy's code may have called again meanwhile
    if (kept >= MAX_RECORDS) {
      dropped += 1;
      return undefined;
    }
    const record: Kept = { json, next: undefined };
    if (last === undefined) first = record;
    else last.next = record;
    last = record;
    kept += 1;
    return record;
  };
  const read = (given: T, more: unknown): void => {
    try {
      const record = keep(given);
      if (record !== undefined) record.json += rest(more);
    } catch {
      // counted: the stack was used up
    }
  };
  // nothing else in here: the smaller its frame, the nearer to the end of the stack a call still counts; one for which
  // V8 has no stack left at all never begins, and throws where the policy calls
  const record = (given: T, more: unknown): void => {
    attempts += 1;
    read(given, more);
  };
  return {
    record: bound(record),
    collected() {
      let records = "";
      for (let each = first; each !== undefined; each = each.next)
        records += `${each === first ? "" : ","}${each.json}}`;
      const missing = attempts - kept - dropped;
      if (missing > 0) records += `${records === "" ? "" : ","}${lost(missing)}`;
      return `{"kept":[${records}],"dropped":${dropped}}`;
    },
  };
}

function textOr(value: unknown, what: string): string {
  try {
    return text(value);
  } catch {
    return `${what} that could not be read`;
  }
}

/** A place that cannot be read is left out: a denial stays a denial. */
function place(given: unknown): string {
  try {
    const at = (given as { at?: unknown } | null | undefined)?.at;
    return typeof at === "string" ? `,"at":${quote(text(at))}` : "";
  } catch {
    return "";
  }
}
