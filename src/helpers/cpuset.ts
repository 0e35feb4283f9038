import type * as api from "../../typings/helpers.d.ts";
import { shown } from "./shown.ts";

/**
 * How many CPUs, or nodes, a set can have.
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/conf/domain_conf.h `VIR_DOMAIN_CPUMASK_LEN`
 */
const MAX_CPUS = 16384;

/**
 * A field without the spaces before it: a CPU taken away, a CPU, or a range, whose end may have a sign.
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/util/virbitmap.c `virBitmapParseInternal`
 */
const FIELD = /^(?:\^(\d+)|(\d+)(?:[ \t\n\f\r]*-[ \t\n\f\r]*([+-]?\d+))?)[ \t\n\f\r]*$/;

export const cpuset: typeof api.cpuset = (text) => {
  if (typeof text !== "string") throw problem(text, "it is not a text");
  const fields = text.split(",").map((field) => field.replace(/^[ \t\n\f\r]+/, ""));
  // libvirt reads nothing behind a last comma
  if (fields.length > 1 && fields.at(-1) === "") fields.pop();
  const has: boolean[] = Array(MAX_CPUS).fill(false);
  for (const field of fields) {
    const [, removed, first, last = first] = FIELD.exec(field) ?? [];
    const from = Number(removed ?? first);
    const to = Number(removed ?? last);
    if (Number.isNaN(from)) throw problem(text, `${shown(field)} is not N, N-M or ^N`);
    if (to < from) throw problem(text, `${shown(field)} ends before it begins`);
    if (to >= MAX_CPUS) throw new RangeError(message(text, `${shown(field)} is above ${MAX_CPUS - 1}`));
    has.fill(removed === undefined, from, to + 1);
  }
  return has.flatMap((is, cpu) => (is ? [cpu] : []));
};

function problem(text: unknown, what: string): TypeError {
  return new TypeError(message(text, what));
}

function message(text: unknown, what: string): string {
  return `Cannot read CPU set ${shown(text)}: ${what}`;
}
