import { cutText } from "../hook/cut-text.ts";
import type { Edit } from "./edit.ts";

/** How much of a place a message quotes, in UTF-16 units. */
const MAX_PLACE = 300;

const ACTIONS: Readonly<Record<Edit["edit"], string>> = {
  "set-attribute": "set",
  "remove-attribute": "remove",
  "set-text": "set the text of",
  "remove-element": "remove",
  "add-element": "add an element to",
};

/** An edit that cannot be made: a fault of the policy that asks for it. No message holds a value of the document. */
export class RewriteError extends Error {
  override readonly name = "RewriteError";
  /** The policy that asks for it; of two that contradict each other, the later one. */
  readonly policy: string;

  constructor(policy: string, { edit, at }: Pick<Edit, "edit" | "at">, what: string) {
    super(`Cannot ${ACTIONS[edit]} ${shownPlace(at)} as policy ${policy} asks: ${what}`);
    this.policy = policy;
  }
}

/** A place as a message names it. */
export function shownPlace(at: string): string {
  return at === "" || at === "." ? "the root element" : cutText(at, MAX_PLACE);
}
