import type { Event } from "../../../typings/events.d.ts";

/** What has to become of a document. */
export interface Outcome {
  /** Of the hook: 1 denied by a policy, 3 refused. */
  readonly status: 1 | 3;
  /** The first line on stderr, without its end. */
  readonly line: RegExp;
}

/** A document that tries to get past the hook, to harm it, or to be seen as another one. */
export interface DocumentAttempt {
  readonly name: string;
  /** What it attempts, in a sentence. */
  readonly attempts: string;
  /** At which event it comes; `qemu/prepare` unless given. */
  readonly event?: Event;
  /** Whether it meets a hook whose deadline is too short for it, which shows that the deadline holds. */
  readonly hasty?: boolean;
  readonly document: () => string | Uint8Array;
  readonly outcome: Outcome;
}

/** Refused unread, at a place written `line:column`, for a reason. */
export function refused(place: string, reason: string): Outcome {
  const [line, column] = place.split(":");
  const where = `line ${line}, column ${column}: `;
  return { status: 3, line: new RegExp(`^virt-warden: engine failure: ${where}.*${escaped(reason)}`) };
}

/** Read, and denied by the honest policy in just these words: it saw what libvirt would see. */
export function denied(finding: string): Outcome {
  return { status: 1, line: new RegExp(`^virt-warden: denied by honest: ${escaped(finding)}$`) };
}

/** Read, and denied by the honest policy in words that begin so, and are too many for a line. */
export function deniedAtLength(beginning: string): Outcome {
  return { status: 1, line: new RegExp(`^virt-warden: denied by honest: ${escaped(beginning)}.*…`) };
}

/** A text as the source of a regular expression that matches it alone. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Refused when the time was over, with the reason. */
export const OUT_OF_TIME: Outcome = {
  status: 3,
  line: /^virt-warden: engine failure: out of time before (?:any|every) policy ran/,
};
