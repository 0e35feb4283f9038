import { BLOCKING, CODE_MAKERS, COLLECTOR, DATES, SILENT, STACKS, UNCOUNTED } from "./removed-names.ts";

const { defineProperty, deleteProperty, getPrototypeOf } = Reflect;

/** What locks a property: it is undefined for good. */
const LOCKED = { __proto__: null, value: undefined, writable: false, enumerable: false, configurable: false };

/**
 * Takes away what a policy must not have, all of the list (`removed.ts`) and nothing else. Runs in a fresh context, before
 * any of the policy's code.
 *
 * @throws {Error} where the engine does not let go of a thing: then no policy may run.
 */
export function harden(): void {
  // the kinds that have no global name are found by what makes one
  lock(Function.prototype, "constructor");
  lock(getPrototypeOf(async () => {}) as object, "constructor");
  lock(getPrototypeOf(function* () {}) as object, "constructor");
  lock(getPrototypeOf(async function* () {}) as object, "constructor");
  for (let index = 0; index < STACKS.length; index += 1) lock(Error, STACKS[index] as string);
  remove(CODE_MAKERS);
  remove(UNCOUNTED);
  remove(BLOCKING);
  remove(COLLECTOR);
  remove(SILENT);
  replaceDates(Date.prototype as unknown as Record<string, unknown>);
}

function lock(owner: object, name: string): void {
  if (!defineProperty(owner, name, LOCKED)) throw new Error(`Cannot lock ${name}: it is not configurable`);
}

function remove(names: readonly string[]): void {
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    if (!deleteProperty(globalThis, name)) throw new Error(`Cannot remove ${name}: it is not configurable`);
  }
}

/** To delete from a prototype takes V8 longer than all else here; of a date without the first, this is what is inherited. */
function replaceDates(dates: Record<string, unknown>): void {
  for (let index = 0; index < DATES.length; index += 1) {
    const name = DATES[index] as string;
    const value = index === 0 ? Object.prototype.toLocaleString : undefined;
    if (name in dates) dates[name] = value;
    if (dates[name] !== value) throw new Error(`Cannot remove ${name}: it is not writable`);
  }
}
