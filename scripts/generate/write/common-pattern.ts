/** What means the same in XML Schema's regular expressions and in JavaScript's; neither has anchors here. */
const COMMON =
  /^(?:\\[^A-Za-z0-9]|\[\^?(?:\\[^A-Za-z0-9]|[^[\]\\])+\]|\{\d+(?:,\d*)?\}|[()|?*+]|[^\\[\]{}^$.()|?*+])*$/;

/**
 * A pattern of a schema as a regular expression of JavaScript's.
 *
 * @throws Error where JavaScript would read it differently, or might.
 * @see https://www.w3.org/TR/xmlschema-2/#regexs
 */
export function commonPattern(pattern: string): string {
  // `[a-z-[aeiou]]` is a subtraction, `(?` a group of JavaScript's alone
  if (COMMON.test(pattern) && !pattern.includes("-[") && !pattern.includes("(?")) return pattern;
  throw new Error(`Cannot use the pattern ${pattern}: JavaScript would read it differently`);
}
