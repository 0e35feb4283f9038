/** The longest text, and the longest stack trace, of an error that are kept, in UTF-16 units. */
const MAX_TEXT = 2000;
const MAX_STACK = 8000;

/** What isolated-vm writes between the guest's frames and the host's. */
const BOUNDARY = "\n    at (<isolated-vm boundary>)";

/** What a promise was rejected with that nobody waited for. */
export interface Rejection {
  readonly message: string;
  /** V8's stack trace, of the guest's frames alone. */
  readonly stack?: string;
}

/** Describes what a promise was rejected with, as isolated-vm copied it out of the isolate. */
export function rejectionOf(error: unknown): Rejection {
  const message = `a promise was rejected: ${textOf(error)}`;
  const stack: unknown = error instanceof Error ? error.stack : undefined;
  if (typeof stack !== "string") return { message };
  const boundary = stack.indexOf(BOUNDARY);
  // without one, all of it is the host's
  return boundary < 0 ? { message } : { message, stack: stack.slice(0, Math.min(boundary, MAX_STACK)) };
}

/** An error that isolated-vm copied out of the isolate, or whatever else was thrown there. */
export function textOf(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, MAX_TEXT);
}
