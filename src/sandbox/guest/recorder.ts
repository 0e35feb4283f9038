const { apply } = Reflect;
const { bind } = Function.prototype;

/** What is kept of one call: JSON of an object, but for its closing brace. */
interface Kept {
  json: string;
  next: Kept | undefined;
}

/** How a recorder reads what a policy gives. Each may run the policy's code, and throw. */
export interface Reading<Kind> {
  /** More records than this are counted but dropped. */
  readonly most: number;
  /** Gives JSON of a record without its closing brace. */
  readonly start: (kind: Kind, first: unknown, second: unknown) => string;
  /** Gives more JSON, or `""`, once the record is kept. */
  readonly rest: (second: unknown) => string;
}

/** What a policy calls, and what its calls came to. */
export interface Recorder<Kind> {
  /** What a policy calls to record something of a kind. */
  as(kind: Kind): (first: unknown, second?: unknown) => void;
  /** JSON of the records, one after the other. Runs no code of the policy's, as little as the counts do. */
  records(): string;
  /** How many calls came after the most that are kept. */
  dropped(): number;
  /** How many calls were counted and could not be read. */
  missing(): number;
}

/** A function that does the same and does not show its code. */
export function bound<T extends (...parameters: never[]) => unknown>(own: T): T {
  return apply(bind, own, [undefined]);
}

/**
 * Keeps records where what a policy does to its globals cannot reach them. Reading what a policy gave may run its code,
 * which may call again, throw, or never end: so every call is counted before anything else is done.
 */
export function recorder<Kind>({ most, start, rest }: Reading<Kind>): Recorder<Kind> {
  let attempts = 0;
  let kept = 0;
  let dropped = 0;
  let first: Kept | undefined;
  let last: Kept | undefined;
  const keep = (kind: Kind, given: unknown, more: unknown): Kept | undefined => {
    const json = kept < most ? start(kind, given, more) : "";
    // the policy's code may have called again meanwhile
    if (kept >= most) {
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
  const read = (kind: Kind, given: unknown, more: unknown): void => {
    try {
      const record = keep(kind, given, more);
      if (record !== undefined) record.json += rest(more);
    } catch {
      // counted: what was given cannot be read, or the stack was used up
    }
  };
  return {
    // nothing else in there: the smaller its frame, the nearer to the end of the stack a call still counts; one for which
    // V8 has no stack left at all never begins, and throws where the policy calls
    as: (kind) =>
      bound((given: unknown, more?: unknown): void => {
        attempts += 1;
        read(kind, given, more);
      }),
    records() {
      let records = "";
      for (let each = first; each !== undefined; each = each.next)
        records += `${each === first ? "" : ","}${each.json}}`;
      return records;
    },
    dropped: () => dropped,
    missing: () => attempts - kept - dropped,
  };
}
