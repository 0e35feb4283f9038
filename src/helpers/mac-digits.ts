import { MAC48_REGEX } from "valibot";

/** A MAC address's twelve digits in lower case; `undefined` for what is not one. */
export function macDigits(text: unknown): string | undefined {
  return typeof text === "string" && MAC48_REGEX.test(text) ? digitsOf(text) : undefined;
}

/** The digits of a MAC address or of its beginning, in lower case. */
export function digitsOf(text: string): string {
  return text.replaceAll(/[-:.]/g, "").toLowerCase();
}
