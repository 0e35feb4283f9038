import ipaddr from "ipaddr.js";

/** An address as its bytes' meaning: an IPv6 address is never one that stands for IPv4. */
export type Ip = ReturnType<typeof ipaddr.process>;

/**
 * Reads an address. Stricter than the library, which also reads IPv4 in fewer parts, in octal and in hexadecimal, and
 * IPv6 with a zone.
 *
 * @returns `undefined` for what is not an address.
 */
export function parseIp(text: unknown): Ip | undefined {
  if (typeof text !== "string" || !/^[\da-f:.]+$/i.test(text)) return undefined;
  const { IPv4, IPv6 } = ipaddr;
  const lastPart = text.slice(text.lastIndexOf(":") + 1);
  if (lastPart.includes(".") && !IPv4.isValidFourPartDecimal(lastPart)) return undefined;
  const isAddress = text.includes(":") ? IPv6.isValid(text) : IPv4.isValidFourPartDecimal(text);
  return isAddress ? ipaddr.process(text) : undefined;
}
