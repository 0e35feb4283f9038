import { explainLiteral } from "./literal-values.ts";

const NOT_THERE = "neither the policy nor the sandbox has it";

/** What policies use instead. */
const INSTEAD: Readonly<Record<string, string>> = { console: "; the context of check has a log" };

/** Codes of errors whose reason may be a wrong literal. */
const LITERAL_CODES = new Set(["TS2322", "TS2345", "TS2367", "TS2678", "TS2820"]);

const UNKNOWN_NAME = /^Cannot find (name|namespace) '([^']+)'\.(?! Did you mean)/;
const UNKNOWN_MEMBER = /^(Property .*)\. Do you need to change your target library\?/;

/** More letters of a type than this are cut off. */
const LONGEST_TYPE = 160;

/**
 * Puts what the compiler said for somebody who writes a policy. Its own advice, on a tsconfig.json and on packages to
 * install, would not change what the sandbox has.
 *
 * @param code such as `TS2304`.
 * @param message with types in full.
 * @param source gives the source code from the error's place on.
 */
export function plainMessage(code: string, message: string, source: () => string | undefined): string {
  const [, kind, name = ""] = UNKNOWN_NAME.exec(message) ?? [];
  if (kind !== undefined) return `Cannot find ${kind} '${name}': ${NOT_THERE}${INSTEAD[name] ?? ""}`;
  if (message.startsWith("'Function' only refers to a type")) return `Cannot find 'Function' as a value: ${NOT_THERE}`;
  if (message.includes("type 'typeof globalThis' has no")) return `Cannot find a property of globalThis: ${NOT_THERE}`;
  const [, member] = UNKNOWN_MEMBER.exec(message) ?? [];
  if (member !== undefined) return `${member}: the sandbox does not have it`;
  const explained = LITERAL_CODES.has(code) ? explainLiteral(message, source()) : undefined;
  return explained ?? shorten(message.replace(/\.$/, ""));
}

/** Cuts types, which the compiler was told to print in full, to a length that can be read. */
export function shorten(message: string): string {
  return message.replace(/'((?:[^'"]|"(?:[^"\\]|\\.)*")*)'/g, (whole, type: string) =>
    type.length > LONGEST_TYPE ? `'${type.slice(0, LONGEST_TYPE)}…'` : whole,
  );
}
