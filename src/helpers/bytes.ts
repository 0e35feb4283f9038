import type * as api from "../../typings/helpers.d.ts";
import { shown } from "./shown.ts";
import { unitBytes } from "./unit-bytes.ts";
import { UNIT_MARK, USUAL_UNIT } from "./unit-mark.ts";

/** Where elements have their amount: as text, or in an attribute. */
const AMOUNTS = ["value", "size", "memory", "usage"] as const;

/** The most that libvirt's 64 bits hold. */
const MAX_BYTES = 2n ** 64n - 1n;

type Size = Readonly<Record<string, unknown>> & { readonly [UNIT_MARK]?: unknown };

export const bytes: typeof api.bytes = (size) => {
  if (size === undefined) throw problem("there is no such element");
  if (typeof size !== "object" || size === null) throw problem(`${shown(size)} is not an element with a unit`);
  const view: Size = { ...size };
  const amount = amountOf(view);
  const unit = unitOf(view);
  const each = unitBytes(unit);
  if (each === undefined)
    throw problem(`${shown(unit)} is not a unit; units are b, KiB, KB, MiB, MB, and so on up to EB`);
  const total = amount * each;
  if (total > MAX_BYTES) throw new RangeError(`Cannot convert a size: ${amount} ${unit} is more than 64 bits hold`);
  const result = Number(total);
  if (BigInt(result) === total) return result;
  throw new RangeError(
    `Cannot convert a size: ${amount} ${unit} is not exact as a number; compare BigInt values instead`,
  );
};

function amountOf(size: Size): bigint {
  const found = AMOUNTS.filter((name) => typeof size[name] === "number" || typeof size[name] === "string");
  const [name, another] = found;
  if (name === undefined) throw problem(`the element has no amount in ${AMOUNTS.join(", ")}`);
  if (another !== undefined) throw problem(`the element has two amounts, ${name} and ${another}`);
  const amount = size[name];
  if (typeof amount === "number") {
    if (!Number.isInteger(amount) || amount < 0) throw problem(`${amount} is not a whole number from 0`);
    if (Number.isSafeInteger(amount)) return BigInt(amount);
    throw new RangeError(`Cannot convert a size: ${amount} is not exact as a number; give it as text`);
  }
  if (/^(?:0|[1-9]\d{0,19})$/.test(amount as string)) return BigInt(amount as string);
  throw problem(`${shown(amount)} is not a whole number from 0, of at most 20 digits`);
}

/** An empty unit is none, as for libvirt. */
function unitOf(size: Size): string {
  const unit = size.unit ?? size.units ?? "";
  if (typeof unit !== "string") throw problem(`${shown(unit)} is not a unit`);
  if (unit !== "") return unit;
  const own = size[UNIT_MARK];
  return typeof own === "string" ? own : USUAL_UNIT;
}

function problem(what: string): TypeError {
  return new TypeError(`Cannot convert a size: ${what}`);
}
