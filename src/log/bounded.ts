import type { Decision } from "../engine/decision.ts";
import { cutText } from "../hook/cut-text.ts";
import { inRounds } from "./in-rounds.ts";
import { jsonText } from "./json-text.ts";

/** How much of a line denials, warnings, failures, messages and changes may take each, in bytes of JSON. */
const MAX_PART = 32 * 1024;

/** How long each text may be, in UTF-16 units, where even one a policy is too much. */
const SHORT = 160;

/** Something that a policy gave; `more` is how many others one that counts what is missing stands for. */
interface Entry {
  readonly policy: string;
  readonly more?: number;
}

/**
 * Drops what is too much for a log line, and says how much that was. Of each policy the first denial, warning, failure,
 * message and change stay, however much others gave; where there are too many of those, their texts are cut.
 */
export function bounded(decision: Decision): Decision {
  const denials = fitting(decision.findings.filter(({ level }) => level === "deny"));
  const warnings = fitting(decision.findings.filter(({ level }) => level === "warn"));
  const failures = fitting(decision.failures);
  const logs = fitting(decision.logs);
  const rewrites = fitting(decision.rewrites ?? []);
  const dropped = {
    ...count("findings", denials.dropped + warnings.dropped),
    ...count("failures", failures.dropped),
    ...count("logs", logs.dropped),
    ...count("rewrites", rewrites.dropped),
  };
  return {
    ...decision,
    findings: kept(decision.findings, denials, warnings),
    failures: kept(decision.failures, failures),
    logs: kept(decision.logs, logs),
    ...(decision.rewrites && { rewrites: kept(decision.rewrites, rewrites) }),
    ...(Object.keys(dropped).length === 0 ? {} : { dropped }),
  };
}

/** What there is room for. */
interface Fitting<T> {
  /** What stays, and in which form. */
  readonly forms: ReadonlyMap<T, T>;
  readonly dropped: number;
}

function fitting<T extends Entry>(list: readonly T[]): Fitting<T> {
  const [first = [], ...others] = inRounds(list);
  const isTooMuch = first.reduce((sum, each) => sum + sizeOf(each), 0) > MAX_PART;
  const forms = new Map(first.map((each) => [each, isTooMuch ? shorten(each) : each]));
  let size = [...forms.values()].reduce((sum, each) => sum + sizeOf(each), 0);
  const rest = others.flat();
  const end = rest.findIndex((each) => {
    size += sizeOf(each);
    return size > MAX_PART;
  });
  const lost = end < 0 ? [] : rest.slice(end);
  for (const each of rest.slice(0, rest.length - lost.length)) forms.set(each, each);
  return { forms, dropped: lost.reduce((sum, { more = 1 }) => sum + more, 0) };
}

function sizeOf(entry: Entry): number {
  return Buffer.byteLength(jsonText(entry));
}

/** Cuts every text of an entry; of a stack the innermost frame stays. */
function shorten<T extends Entry>(entry: T): T {
  const short = (key: string, value: unknown): unknown => {
    if (typeof value === "string") return cutText(value, SHORT);
    if (key === "stack") return (value as readonly string[]).slice(0, 1);
    const json = key === "fields" ? JSON.stringify(value) : "";
    return json.length <= SHORT ? value : cutText(json, SHORT);
  };
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, short(key, value)])) as unknown as T;
}

/** What stays, in its order. */
function kept<T>(list: readonly T[], ...parts: readonly Fitting<T>[]): readonly T[] {
  return list.flatMap((each) => parts.map(({ forms }) => forms.get(each)).find((form) => form !== undefined) ?? []);
}

function count(key: string, dropped: number): Readonly<Record<string, number>> {
  return dropped === 0 ? {} : { [key]: dropped };
}
