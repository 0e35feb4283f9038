import { elementJson, refuse, refused, textJson, valueJson } from "./edit-json.ts";
import { recorder } from "./recorder.ts";
import { describeThrown, quote, text } from "./text.ts";

const MAX_EDITS = 1000;

/** What a policy calls for each kind of edit. */
const METHODS = {
  "set-attribute": "setAttribute",
  "remove-attribute": "removeAttribute",
  "set-text": "setText",
  "remove-element": "removeElement",
  "add-element": "addElement",
};

type Kind = keyof typeof METHODS;

let fault: string | undefined;

const calls = recorder<Kind>({ most: MAX_EDITS, start: startOf, rest: () => "" });

/** A policy's `edit`. */
export const edit: object = {
  setAttribute: calls.as("set-attribute"),
  removeAttribute: calls.as("remove-attribute"),
  setText: calls.as("set-text"),
  removeElement: calls.as("remove-element"),
  addElement: calls.as("add-element"),
};

/** JSON of a list of edits (`../../rewrite/edit.ts`). Runs no code of the policy's, nor does {@link editFault}. */
export function editsMade(): string {
  return `[${calls.records()}]`;
}

/**
 * Why the edits are not all that the policy asked for; undefined where they are. A policy may catch what goes wrong in a
 * getter of its own: none of its edits is lost in silence all the same.
 */
export function editFault(): string | undefined {
  if (fault !== undefined) return fault;
  const missing = calls.missing();
  if (missing > 0) return `${missing} ${missing === 1 ? "edit" : "edits"} could not be read`;
  const dropped = calls.dropped();
  return dropped === 0 ? undefined : `rewrite asked for ${MAX_EDITS + dropped} edits, more than ${MAX_EDITS}`;
}

function startOf(kind: Kind, at: unknown, given: unknown): string {
  try {
    const start = `{"edit":"${kind}","at":${textJson(at, "its place")}`;
    if (kind === "add-element") return `${start},"element":${elementJson(given, 1)}`;
    return kind === "set-attribute" || kind === "set-text"
      ? `${start},"value":${valueJson(given, "its value")}`
      : start;
  } catch (thrown) {
    const what = refused(thrown) ?? `it could not be read: ${describeThrown(thrown).message}`;
    fault ??= `edit.${METHODS[kind]}(${typeof at === "string" ? quote(text(at)) : typeof at}): ${what}`;
    return refuse(what);
  }
}
