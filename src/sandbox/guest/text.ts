// kept from before any policy's code ran: what a policy does to its globals does not reach them
const { stringify } = JSON;
const { apply } = Reflect;
const { slice } = String.prototype;
const asString = String;

/** The longest reason, message or set of fields that is kept, in UTF-16 units. */
const MAX_TEXT = 2000;

/** Whatever a policy gave, as a text of bounded length. */
export function text(value: unknown): string {
  const whole = typeof value === "string" ? value : asString(value);
  return whole.length <= MAX_TEXT ? whole : `${apply(slice, whole, [0, MAX_TEXT])}…`;
}

/** A text as JSON. Only for texts: of a primitive, JSON.stringify looks up no `toJSON`. */
export function quote(value: string): string {
  return stringify(value);
}

/** Whatever a policy gave, as JSON, or a text that says why not. */
export function json(value: unknown): string {
  try {
    const whole = stringify(value) as string | undefined;
    if (whole === undefined) return "null";
    return whole.length <= MAX_TEXT ? whole : quote(text(whole));
  } catch {
    return quote("not representable as JSON");
  }
}

/** Describes whatever a policy threw, inside the policy's own time budget and without throwing. */
export function describeThrown(thrown: unknown): string {
  try {
    if (typeof thrown === "object" && thrown !== null && "message" in thrown) {
      const name = "name" in thrown ? text(thrown.name) : "Error";
      return `${name}: ${text(thrown.message)}`;
    }
    return `threw ${text(thrown)}`;
  } catch {
    return "threw something that has no text";
  }
}
