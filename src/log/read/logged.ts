import type { BreakGlass } from "../../break-glass/notice.ts";

/** A finding of a logged decision. */
export interface LoggedFinding {
  readonly policy: string;
  readonly level: "deny" | "warn";
  readonly mode: "enforce" | "warn" | "audit";
  readonly reason: string;
  readonly at?: string;
  readonly exempt?: { readonly reason: string; readonly expires?: string };
  /** How many findings this one stands for that were dropped. */
  readonly more?: number;
}

/** A policy's failure in a logged decision. */
export interface LoggedFailure {
  readonly policy: string;
  readonly kind: string;
  readonly message: string;
  readonly onError?: "allow";
  readonly more?: number;
}

/** What a log line says, whichever version wrote it: earlier ones, and the launcher, leave fields out. */
export interface LoggedDecision {
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly event: string;
  readonly object: string;
  readonly uuid?: string;
  readonly decision: "allow" | "deny";
  readonly status: number;
  readonly findings: readonly LoggedFinding[];
  readonly failures: readonly LoggedFailure[];
  readonly rewrites: readonly { readonly policy: string; readonly edit: string; readonly at: string }[];
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  };
  /** In milliseconds. */
  readonly durations?: { readonly process?: number; readonly total: number };
  /** SHA-256 of the bundle's manifest. */
  readonly bundle?: string;
  /** Where break-glass had all policies in audit. */
  readonly breakGlass?: BreakGlass;
}

/** A line that says that break-glass begins or ends. */
export interface LoggedNotice {
  readonly time: number;
  readonly msg: string;
  readonly breakGlass: BreakGlass;
  readonly decision?: undefined;
}

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const number: Check = (value) => typeof value === "number";
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const object =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries(members).every(([key, check]) => check((value as Readonly<Record<string, unknown>>)[key]));

const finding = object({
  policy: text,
  level: oneOf("deny", "warn"),
  mode: oneOf("enforce", "warn", "audit"),
  reason: text,
  at: optional(text),
  exempt: optional(object({ reason: text, expires: optional(text) })),
  more: optional(number),
});

const failure = object({ policy: text, kind: text, message: text, onError: optional(text), more: optional(number) });

// what a Date can hold
const time: Check = (value) => number(value) && Math.abs(value as number) <= 8.64e15;
const breakGlass = object({ until: text, reason: text, by: text });

const notice = object({ time, msg: text, breakGlass, decision: oneOf(undefined) });

const decision = object({
  time,
  event: text,
  object: text,
  uuid: optional(text),
  decision: oneOf("allow", "deny"),
  status: optional(number),
  findings: optional(list(finding)),
  failures: optional(list(failure)),
  rewrites: optional(list(object({ policy: text, edit: text, at: text }))),
  error: optional(object({ code: text, message: text, line: optional(number), column: optional(number) })),
  durations: optional(object({ process: optional(number), total: number })),
  bundle: optional(text),
  breakGlass: optional(breakGlass),
});

/**
 * Reads a line of the decision log.
 *
 * @returns undefined where it is damaged: no JSON, or none of virt-warden's.
 */
export function readLogged(line: string): LoggedDecision | LoggedNotice | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (notice(value)) return value as LoggedNotice;
  if (!decision(value)) return undefined;
  const logged = value as LoggedDecision;
  const { status = logged.decision === "deny" ? 1 : 0, findings = [], failures = [], rewrites = [] } = logged;
  return { ...logged, status, findings, failures, rewrites };
}

/** Whether a finding is a denial that takes effect where its event can be refused. */
export function isBinding({ level, mode, exempt }: LoggedFinding): boolean {
  return level === "deny" && mode === "enforce" && exempt === undefined;
}
