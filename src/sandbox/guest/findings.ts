import { type Recorder, recorder } from "./recorder.ts";
import { json, quote, text } from "./text.ts";

const ErrorOfOld = Error;

/** More findings of a level, or log messages, than this are counted but dropped. */
const MAX_RECORDS = 100;

/** A recorder whose records are told with what is missing. */
interface Collector<Kind> extends Pick<Recorder<Kind>, "as"> {
  /** JSON of a `Collected` (`../check-result.ts`). Runs no code of the policy's. */
  collected(): string;
}

let isTraced = false;

/** Has each finding say where it was recorded: for tests, since it takes time. */
export function traceFindings(): void {
  isTraced = true;
}

/** V8's stack of this call, which the engine maps to the policy's sources. */
function callPlace(): string {
  const { stack } = new ErrorOfOld("");
  return typeof stack === "string" ? `,"stack":${quote(text(stack))}` : "";
}

/** Records findings of a level. A reason that cannot be made a text is still a reason. */
export function findings(level: "deny" | "warn"): Collector<"deny" | "warn"> {
  const what = level === "deny" ? "denial" : "warning";
  const start = (kind: string, reason: unknown) =>
    `{"level":"${kind}","reason":${quote(textOr(reason, "a reason"))}${isTraced ? callPlace() : ""}`;
  const lost = (count: number) =>
    `{"level":"${level}","reason":"${count === 1 ? `1 ${what} whose reason` : `${count} ${what}s whose reasons`} could not be read"}`;
  return collector(recorder({ most: MAX_RECORDS, start, rest: place }), lost);
}

/** Records messages, of all levels in one list. */
export function messages(): Collector<"debug" | "info" | "warn" | "error"> {
  const start = (level: string, message: unknown) =>
    `{"level":"${level}","message":${quote(textOr(message, "a message"))}`;
  const rest = (fields: unknown) => (fields === undefined ? "" : `,"fields":${json(fields)}`);
  const lost = (count: number) =>
    `{"level":"warn","message":"${count} ${count === 1 ? "message" : "messages"} could not be read"}`;
  return collector(recorder({ most: MAX_RECORDS, start, rest }), lost);
}

/** @param lost JSON of a record that stands for so many calls that could not be read. */
function collector<Kind>(calls: Recorder<Kind>, lost: (count: number) => string): Collector<Kind> {
  return {
    as: calls.as,
    collected() {
      let records = calls.records();
      const missing = calls.missing();
      if (missing > 0) records += `${records === "" ? "" : ","}${lost(missing)}`;
      return `{"kept":[${records}],"dropped":${calls.dropped()}}`;
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
