import type * as api from "../../typings/helpers.d.ts";
import { macDigits } from "./mac-digits.ts";
import { shown } from "./shown.ts";

export const sameMac: typeof api.sameMac = (one, other) => required(one) === required(other);

/** @throws {TypeError} where it is not a MAC address. */
function required(text: unknown): string {
  const digits = macDigits(text);
  if (digits === undefined) throw new TypeError(`Cannot compare MAC addresses: ${shown(text)} is not one`);
  return digits;
}
