import type { Question } from "./bridge.ts";
import { TestFault } from "./test-fault.ts";

type Unknown = Readonly<Record<string, unknown>>;

/** What each kind of question has to be made of; what is inside options and edits is read where they are used. */
const KINDS: Readonly<Record<Question["ask"], (question: Unknown) => boolean>> = {
  guest: ({ parts, options }) => isText(parts) && isObject(options) && Object.values(options).every(isText),
  network: ({ parts, port }) => isText(parts) && (port === undefined || isText(port)),
  change: ({ document, edits }) => isText(document) && Array.isArray(edits),
  settings: ({ policy }) => isText(policy),
  judge: ({ policy, document, options }) =>
    (policy === undefined || isText(policy)) && isText(document) && isObject(options),
};

/**
 * Reads what a test's code asks: it can ask anything, past the API.
 *
 * @param text JSON of a {@link Question}.
 * @throws {TestFault} where it is none.
 */
export function readQuestion(text: unknown): Question {
  let question: unknown;
  try {
    question = JSON.parse(String(text));
  } catch {
    throw new TestFault("the engine was asked what is no JSON");
  }
  if (isQuestion(question)) return question;
  throw new TestFault("an argument is not of the type that typings/test.d.ts declares");
}

function isQuestion(value: unknown): value is Question {
  if (!isObject(value) || typeof value.ask !== "string" || !Object.hasOwn(KINDS, value.ask)) return false;
  return KINDS[value.ask as Question["ask"]](value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(value: unknown): value is Unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
