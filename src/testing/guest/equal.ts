import type * as api from "../../../typings/test.d.ts";
import { assert } from "./assertion-error.ts";

/** In UTF-16 units. */
const MAX_SHOWN = 300;

export const equal: typeof api.equal = (actual, expected) =>
  assert(isEqual(actual, expected), () => `expected ${shown(expected)}, got ${shown(actual)}`);

// a declared type, as an assertion's function must have
export const ok: typeof api.ok = (condition: unknown, message = "expected something that is true"): asserts condition =>
  assert(Boolean(condition), () => `${message}, got ${shown(condition)}`);

function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [keysOf(one), keysOf(other)];
  if (keys.length !== others.length) return false;
  return keys.every(
    (key) => Object.hasOwn(other, key) && isEqual((one as never)[key] as unknown, (other as never)[key] as unknown),
  );
}

/** Members that are undefined are not there, as in JSON. */
function keysOf(value: object): readonly string[] {
  return Object.keys(value).filter((key) => (value as Readonly<Record<string, unknown>>)[key] !== undefined);
}

export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
