import type * as api from "../../typings/helpers.d.ts";
import { digitsOf, macDigits } from "./mac-digits.ts";
import { shown } from "./shown.ts";

/** One to six bytes with one separator throughout. */
const PREFIX = /^[\da-f]{2}(?:(?:-[\da-f]{2}){0,5}|(?::[\da-f]{2}){0,5})$/i;

export const macHasPrefix: typeof api.macHasPrefix = (mac, prefix) => {
  const digits = macDigits(mac);
  if (digits === undefined) throw problem(`${shown(mac)} is not a MAC address`);
  if (typeof prefix !== "string" || !PREFIX.test(prefix)) {
    throw problem(`${shown(prefix)} is not the beginning of one; write it as 52:54:00`);
  }
  return digits.startsWith(digitsOf(prefix));
};

function problem(what: string): TypeError {
  return new TypeError(`Cannot compare MAC addresses: ${what}`);
}
