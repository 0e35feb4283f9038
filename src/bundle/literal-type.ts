import type { Event } from "../../typings/events.d.ts";
import { DEFAULT_EVENTS } from "../hook/default-events.ts";
import { type DocumentKind, EVENTS } from "../hook/events.ts";

/** What a type that the compiler printed lets a value be. */
export interface LiteralType {
  /** Literals as source code writes them: `"file"`, `5`, `true`. */
  readonly literals: readonly string[];
  /** Beside them, any text, number or truth value. */
  readonly kinds: readonly string[];
}

const LITERAL = /^(?:"(?:[^"\\]|\\.)*"|-?\d[\w.+-]*|true|false)$/;

const KINDS: readonly string[] = ["string", "number", "boolean"];

/** What is absent is no value that somebody would write by mistake. */
const ABSENT: readonly string[] = ["undefined", "null"];

/** The types whose names the compiler prints in place of their literals: all others have none. */
const NAMED: Readonly<Record<string, () => string[]>> = {
  Event: () => Object.keys(EVENTS),
  DefaultEvent: () => [...DEFAULT_EVENTS],
  GuestEvent: () => eventsWith("domain"),
  NetworkEvent: () => eventsWith("hookData"),
  DaemonEvent: () => eventsWith("none"),
};

/**
 * Reads a type.
 *
 * @returns undefined for a type with a member that is no literal, no kind of literal, and not absence.
 */
export function readLiteralType(type: string): LiteralType | undefined {
  const [, union = type] = /^NonNullable<(.+)>$/.exec(type) ?? [];
  const literals: string[] = [];
  const kinds: string[] = [];
  for (const member of (union.match(/(?:"(?:[^"\\]|\\.)*"|[^"|])+/g) ?? []).map((each) => each.trim())) {
    const events = Object.hasOwn(NAMED, member) ? NAMED[member]?.() : undefined;
    if (LITERAL.test(member)) literals.push(member);
    else if (KINDS.includes(member)) kinds.push(member);
    else if (events !== undefined) literals.push(...events.map((event) => JSON.stringify(event)));
    else if (!ABSENT.includes(member)) return undefined;
  }
  return { literals, kinds };
}

function eventsWith(document: DocumentKind): string[] {
  return Object.keys(EVENTS).filter((event) => EVENTS[event as Event].document === document);
}
