import { messages } from "./findings.ts";
import { markUnits } from "./mark-units.ts";
import { bound } from "./recorder.ts";

const { defineProperty } = Object;
const { parse } = JSON;

/** What a policy's function is given: texts, since nothing else crosses into the isolate. */
export interface Request {
  /** JSON of the context's plain members, `domain` and `settings` among them. */
  readonly context: string;
  /** JSON of the generic tree; `""` for none. */
  readonly xml: string;
}

/** What a policy logs, whichever of its functions is called. */
export const logs: ReturnType<typeof messages> = messages();

/** Makes the context that every function of a policy is given. Runs before any of the policy's code. */
export function contextOf(request: Request): Record<string, unknown> {
  const context = parse(request.context);
  for (const { domain } of [context, ...(context.host?.guests ?? [])]) {
    if (domain !== undefined) markUnits(domain, request.context);
  }
  context.log = { debug: logs.as("debug"), info: logs.as("info"), warn: logs.as("warn"), error: logs.as("error") };
  if (request.xml !== "") lazily(context, "xml", request.xml);
  return context;
}

/** Parses a large member when it is first read. */
function lazily(target: object, name: string, source: string): void {
  let value: unknown;
  const get = bound(() => {
    value ??= parse(source);
    return value;
  });
  defineProperty(target, name, { enumerable: true, configurable: true, get });
}
