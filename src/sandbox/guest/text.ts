// kept from before any policy's code ran: what a policy does to its globals does not reach them
const { stringify } = JSON;
const { apply } = Reflect;
const { charCodeAt, slice } = String.prototype;
const asString = String;

/** The longest reason, message or set of fields that is kept, in UTF-16 units. */
const MAX_TEXT = 2000;

/** The longest stack trace that is kept, in UTF-16 units. */
const MAX_STACK = 8000;

/**
 * The longest text that is read at all, in UTF-16 units: the parts of a repeated text are copied when it is first read,
 * and a hundred megabytes would be the end of a policy that has denied.
 */
const MAX_READ = 1_000_000;

/** What is known of something thrown. Both members are its own: a missing one would be looked for in what it inherits. */
export interface Thrown {
  readonly message: string;
  /** V8's stack trace, where there is one. */
  readonly stack: string | undefined;
}

/** Whatever a policy gave, as a text of bounded length that says how much is missing. */
export function text(value: unknown): string {
  const whole = typeof value === "string" ? value : asString(value);
  if (whole.length <= MAX_TEXT) return whole;
  if (whole.length > MAX_READ) return `a text of ${whole.length} characters, too long to be read`;
  const start = beginning(whole, MAX_TEXT);
  return `${start}… (and ${whole.length - start.length} characters more)`;
}

/** A text as JSON. Only for texts: of a primitive, JSON.stringify looks up no `toJSON`. */
export function quote(value: string): string {
  return stringify(value);
}

/** Whatever a policy gave, as JSON, or a text that says why not. */
export function json(value: unknown): string {
  try {
    if (typeof value === "string") return quote(text(value));
    const whole = stringify(value) as string | undefined;
    if (whole === undefined) return "null";
    return whole.length <= MAX_TEXT ? whole : quote(text(whole));
  } catch {
    return quote("not representable as JSON");
  }
}

/**
 * Describes whatever a policy threw, inside the policy's own time budget and without throwing.
 *
 * @param how stands before what is no error.
 */
export function describeThrown(thrown: unknown, how = "threw "): Thrown {
  return { message: messageOf(thrown, how), stack: stackOf(thrown) };
}

function messageOf(thrown: unknown, how: string): string {
  try {
    if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
      const name = "name" in thrown ? text(thrown.name) : "Error";
      return `${name}: ${text(thrown.message)}`;
    }
    return `${how}${text(thrown)}`;
  } catch {
    return `${how}something that has no text`;
  }
}

/** Read once: it may be a getter, and give something else the second time. */
function stackOf(thrown: unknown): string | undefined {
  try {
    if (typeof thrown !== "object" || thrown === null) return undefined;
    const { stack } = thrown as { readonly stack?: unknown };
    return typeof stack === "string" && stack.length <= MAX_READ ? beginning(stack, MAX_STACK) : undefined;
  } catch {
    return undefined;
  }
}

/** At most so many UTF-16 units from a text's beginning, never half a character. */
function beginning(whole: string, units: number): string {
  if (whole.length <= units) return whole;
  const last: number = apply(charCodeAt, whole, [units - 1]);
  const next: number = apply(charCodeAt, whole, [units]);
  const splits = last >= 0xd800 && last <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
  return apply(slice, whole, [0, splits ? units - 1 : units]);
}
