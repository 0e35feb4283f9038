import type { NumberRange, Scalar } from "../shape/scalar.ts";
import { isWide } from "../shape/scalar-type.ts";

/**
 * Says which texts a value may be: `on` or `off`; a whole number, 0 to 255.
 *
 * @param empty Whether it may be empty as well.
 */
export function allowedValues({ literals, patterns, numbers, text }: Scalar, empty = false): string {
  const all = [
    ...literals.map(code),
    ...numbers.map(rangeText),
    ...new Set(patterns.map(patternText)),
    ...(text ? ["any text"] : empty && !literals.includes("") ? ["nothing"] : []),
  ];
  const last = all.pop() ?? "nothing";
  const sentence = all.length === 0 ? last : `${all.join(", ")} or ${last}`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function rangeText(range: NumberRange): string {
  const { min, max } = range;
  const from = min === undefined ? "" : ` from ${min}`;
  const to = max === undefined ? "" : ` ${min === undefined ? "up to" : "to"} ${max}`;
  return `a whole number${from}${to}${isWide(range) ? ", as text where a number would not be exact" : ""}`;
}

/** The longest pattern that people read. */
const MAX_PATTERN = 100;

/** What long patterns are for, by a text that they match. */
const FORMS = [
  ["192.0.2.1", "an IPv4 address"],
  ["2001:db8::1", "an IPv6 address"],
] as const;

function patternText(pattern: string): string {
  if (pattern.length <= MAX_PATTERN) return `text like ${code(pattern)}`;
  const whole = new RegExp(`^(?:${pattern})$`);
  return FORMS.find(([sample]) => whole.test(sample))?.[1] ?? "text of a form that libvirt's schema fixes";
}

/** Code in a comment, which it must not end. */
function code(text: string): string {
  if (text === "") return "empty text";
  const quote = text.includes("`") ? "``" : "`";
  return `${quote}${text.replaceAll("*/", "*\\/")}${quote}`;
}
