import type * as api from "../../typings/helpers.d.ts";
import { shown } from "./shown.ts";

/** The largest number of each part: libvirt limits the domain to 32 bits alone, since some hosts have domains above 0xffff. */
const LARGEST = { domain: 0xffff_ffff, bus: 0xff, slot: 0x1f, function: 7 } as const;

/** What addresses of other kinds have, which share `bus` and `domain` with PCI. */
const FOREIGN = ["device", "port", "uuid", "controller", "target", "unit"];

export const pciAddress: typeof api.pciAddress = (address) => {
  if (typeof address !== "object" || address === null) throw problem(`${shown(address)} is not an address`);
  if (address.type !== undefined && address.type !== "pci") throw problem(`its type is ${shown(address.type)}`);
  const foreign = FOREIGN.find((name) => Object.hasOwn(address, name));
  if (foreign !== undefined) throw problem(`an address with ${foreign} is none of PCI`);
  const hex = (part: keyof typeof LARGEST, digits: number) =>
    partOf(part, address[part]).toString(16).padStart(digits, "0");
  return `${hex("domain", 4)}:${hex("bus", 2)}:${hex("slot", 2)}.${hex("function", 1)}`;
};

function partOf(part: keyof typeof LARGEST, value: unknown): number {
  const number = value === undefined ? 0 : typeof value === "number" ? value : fromText(value);
  if (!Number.isInteger(number)) throw problem(`${part} ${shown(value)} is not a number`);
  if (number >= 0 && number <= LARGEST[part]) return number;
  throw new RangeError(
    `Cannot write a PCI address: ${part} ${shown(value)} is not between 0 and 0x${LARGEST[part].toString(16)}`,
  );
}

/**
 * A number as C reads it with base 0.
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/conf/device_conf.c `virPCIDeviceAddressParseXML`
 */
function fromText(text: unknown): number {
  if (typeof text !== "string") return Number.NaN;
  if (/^0x[\da-f]+$/i.test(text) || /^(?:0|[1-9]\d*)$/.test(text)) return Number(text);
  return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

function problem(what: string): TypeError {
  return new TypeError(`Cannot write a PCI address: ${what}`);
}
