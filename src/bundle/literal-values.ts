import { nearest } from "../nearest.ts";
import { isLiteral, readComparison } from "./comparison.ts";
import { type LiteralType, readLiteralType } from "./literal-type.ts";

/** More values than this are counted, not listed. */
const MOST = 20;

const COMPARED = /^This comparison appears to be unintentional because the types '(.+)' and '(.+)' have no overlap\.$/;
const CASE = /^Type '(.+)' is not comparable to type '(.+)'\.$/;
const GIVEN =
  /^(?:Type|Argument of type) '(.+)' is not assignable to (?:parameter of )?type '(.+?)'\.(?: Did you mean .*)?$/;

/** The type of an element without attributes, children and text. */
const EMPTY_ELEMENT = "Readonly<Record<string, never>>";

/** What kinds of literals are called. */
const CALLED: Readonly<Record<string, string>> = { string: "text", number: "number", boolean: "boolean" };

/**
 * Says of a value that can never be there which values can.
 *
 * @param message what the compiler said, with its types in full.
 * @param code the source from the place on that the compiler named, where it can be read.
 * @returns undefined where the message is about something else.
 */
export function explainLiteral(message: string, code = ""): string | undefined {
  const [, left, right] = COMPARED.exec(message) ?? [];
  if (left !== undefined && right !== undefined) return explainComparison(left, right, code);
  const [, label, switched] = CASE.exec(message) ?? [];
  if (label !== undefined && switched !== undefined) {
    const what = "this case never comes: the value is never";
    return explain(readLiteralType(label), readLiteralType(switched), (wrong) => `${what} ${wrong} here`);
  }
  const [, given = "", expected = ""] = GIVEN.exec(message) ?? [];
  return explain(readLiteralType(given), readLiteralType(expected), (wrong) => `${wrong} is not possible here`);
}

function explainComparison(leftType: string, rightType: string, code: string): string | undefined {
  const compared = readComparison(code);
  const [left, right] = [readLiteralType(leftType), readLiteralType(rightType)];
  // what is compared is the side that is not written as a literal
  const swapped = compared === undefined ? isOne(left) && !isOne(right) : isLiteral(compared.left);
  const [possible, wrong, name, literal] = swapped
    ? [right, left, compared?.right, compared?.left]
    : [left, right, compared?.left, compared?.right];
  const subject = name ?? "what is compared";
  if ([leftType, rightType].some((type) => type.startsWith(EMPTY_ELEMENT))) {
    return `${subject} is an element that holds nothing: compare it with undefined, to see whether it is there`;
  }
  return (
    explain(wrong, possible, (value) => `${subject} is never ${value} here`) ??
    explainKinds(kindOf(wrong), kindOf(possible), subject, literal ?? "")
  );
}

/** Only for one wrong literal, and where some values are known. */
function explain(
  wrong: LiteralType | undefined,
  possible: LiteralType | undefined,
  say: (wrong: string) => string,
): string | undefined {
  const value = isOne(wrong) ? wrong?.literals[0] : undefined;
  if (value === undefined || possible === undefined || possible.literals.length === 0) return undefined;
  const advice = suggestionOf(value, possible.literals);
  return `${say(value)}${advice === "" ? "; it" : `${advice} It`} ${list(possible)}`;
}

/** Quotes make no two words alike. */
function suggestionOf(value: string, literals: readonly string[]): string {
  const bare = (literal: string) => literal.replace(/^"|"$/g, "");
  const near = nearest(bare(value), literals.map(bare));
  const meant = literals.find((literal) => bare(literal) === near);
  return meant === undefined ? "" : `; did you mean ${meant}?`;
}

function list({ literals, kinds }: LiteralType): string {
  const values = [...literals.slice(0, MOST), ...kinds.map((kind) => `any ${CALLED[kind]}`)];
  if (literals.length > MOST) return `can be ${values.join(", ")} and ${literals.length - MOST} more`;
  const last = values.pop();
  return values.length === 0 ? `can only be ${last}` : `can be ${values.join(", ")} or ${last}`;
}

/** Where a kind is compared with another, the compiler names the kinds alone, not the literals. */
function explainKinds(
  wrong: string | undefined,
  possible: string | undefined,
  subject: string,
  literal: string,
): string | undefined {
  if (wrong === undefined || possible === undefined) return undefined;
  const value = isLiteral(literal) ? `the ${wrong} ${literal}` : `a ${wrong}`;
  const [, digits] = /^["'](-?\d+)["']$/.exec(literal) ?? [];
  const advice = possible === CALLED.number && digits !== undefined ? `: write ${Number(digits)}` : "";
  return `${subject} is a ${possible}, never ${value}${advice}`;
}

function kindOf(type: LiteralType | undefined): string | undefined {
  return type?.literals.length === 0 ? CALLED[type.kinds.join()] : undefined;
}

function isOne(type: LiteralType | undefined): boolean {
  return type?.literals.length === 1 && type.kinds.length === 0;
}
