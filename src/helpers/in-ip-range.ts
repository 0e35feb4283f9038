import type * as api from "../../typings/helpers.d.ts";
import { type Ip, parseIp } from "./parse-ip.ts";
import { shown } from "./shown.ts";

/** How many bits of an IPv6 address that stands for an IPv4 one are the same in all of them. */
const MAPPED_BITS = 96;

export const inIpRange: typeof api.inIpRange = (ip, ranges) => {
  const address = parseIp(ip);
  if (address === undefined) throw problem(`${shown(ip)} is not an IP address`);
  // all are read, so that a wrong one is found whatever the address
  const read = (typeof ranges === "string" ? [ranges] : [...ranges]).map(parseRange);
  return read.some(([first, bits]) => first.kind() === address.kind() && address.match(first, bits));
};

function parseRange(range: unknown): [Ip, number] {
  const [text, prefix, ...more] = typeof range === "string" ? range.split("/") : [];
  const first = parseIp(text);
  if (text === undefined || first === undefined || more.length > 0) {
    throw problem(`${shown(range)} is not a range; write ADDRESS/BITS`);
  }
  const isV4 = first.kind() === "ipv4";
  const least = isV4 && text.includes(":") ? MAPPED_BITS : 0;
  const most = least + (isV4 ? 32 : 128);
  const bits = prefix === undefined ? most : /^(?:0|[1-9]\d{0,2})$/.test(prefix) ? Number(prefix) : -1;
  if (bits >= least && bits <= most) return [first, bits - least];
  throw problem(`${shown(range)} is not a range; its prefix has ${least} to ${most} bits`);
}

function problem(what: string): TypeError {
  return new TypeError(`Cannot compare IP addresses: ${what}`);
}
