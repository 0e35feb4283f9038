import type { Outline } from "../lazy-context.ts";
import { messages } from "./findings.ts";
import { addMember, addText, lazyObject, parsePart } from "./lazy-object.ts";

/** What a policy's function is given: texts, since nothing else crosses into the isolate. */
export interface Request {
  /** The context's, see `LazyContext` (`../lazy-context.ts`). */
  readonly text: string;
  readonly head: number;
  /** JSON of the policy's settings. */
  readonly settings: string;
}

/** What a policy logs, whichever of its functions is called. */
export const logs: ReturnType<typeof messages> = messages();

const log = { debug: logs.as("debug"), info: logs.as("info"), warn: logs.as("warn"), error: logs.as("error") };

/**
 * Makes the context that a function of a policy is given. Runs before any of the policy's code.
 *
 * @param own What only this function is given.
 */
export function contextOf({ text, head, settings }: Request, own: Readonly<Record<string, unknown>>): object {
  const { 0: context, 1: marks } = parsePart(text, 0, head) as Outline;
  const members = context as unknown[];
  addText(members, "settings", settings);
  addMember(members, "log", log);
  for (const name in own) addMember(members, name, own[name]);
  return lazyObject(members, { text, head, marks });
}
