import { suggestion } from "../nearest.ts";
import { casesOf, propertiesOf } from "./element-types.ts";
import { shorten } from "./plain-message.ts";

/** The compiler's word on a property, with its own guess if it has one. */
const MISSING = /^Property '([^']+)' does not exist on type '([^']+)'\.(?: Did you mean '[^']+'\?)?$/;

/** More types than this are counted, not listed. */
const MOST = 3;

/**
 * Says of a property that some kinds of one of libvirt's elements lack which of them have it. The compiler's own
 * explanation below its message names one kind alone, and adds nothing to this.
 *
 * @param message what the compiler said, with its types in full.
 * @returns `undefined` where the message is about something else.
 */
export function explainMissing(message: string): string | undefined {
  const [, property, type] = MISSING.exec(message) ?? [];
  const cases = type === undefined ? undefined : casesOf(type);
  if (property === undefined || cases === undefined) return undefined;
  const having = select(cases, (properties) => properties.includes(property));
  const lacking = select(cases, (properties) => !properties.includes(property));
  if (having.length === 0) {
    if (message.endsWith("?")) return shorten(message);
    // the compiler guesses from what all kinds have alone
    return `${shorten(message.replace(/\.$/, ""))}${suggestion(property, cases.flatMap(propertiesOf).flat())}`;
  }
  // as the typings lie there, nobody lacks it
  if (lacking.length === 0) return undefined;
  const advice = "first look at what tells them apart, such as the type";
  if (having.length <= lacking.length) return `Only ${list(having)} ${verb(having)} '${property}': ${advice}`;
  return `${list(lacking)} ${verb(lacking)} no '${property}', unlike other kinds: ${advice}`;
}

/** The members that are wholly so; of one that is only in part, its own members that are. */
function select(cases: readonly string[], is: (properties: readonly string[]) => boolean): string[] {
  return cases.flatMap((each) => (propertiesOf(each).every(is) ? [each] : select(casesOf(each) ?? [], is)));
}

function verb(names: readonly string[]): string {
  return names.length === 1 ? "has" : "have";
}

function list(names: readonly string[]): string {
  const listed = names.length <= MOST + 1 ? [...names] : names.slice(0, MOST);
  const last = listed.length < names.length ? `${names.length - listed.length} more` : listed.pop();
  return listed.length === 0 ? `${last}` : `${listed.join(", ")} and ${last}`;
}
