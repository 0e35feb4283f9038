import type { PartMarks } from "../lazy-context.ts";
import { markUnits } from "./mark-units.ts";

const {
  apply,
  defineProperty,
  deleteProperty,
  get,
  getOwnPropertyDescriptor,
  has,
  ownKeys,
  preventExtensions,
  set,
  setPrototypeOf,
} = Reflect;
const { parse } = JSON;
const { slice } = String.prototype;

/** Where a node's parts are read from. */
export interface Source {
  /** A context's text, and how long its outline is: see `LazyContext` (`../lazy-context.ts`). */
  readonly text: string;
  readonly head: number;
  readonly marks: PartMarks;
}

/** The slots of a node, of which a member's are its key, its start, its end and its value. */
type Slots = unknown[];

/** In place of a member's start: its value is in its slot. */
const MADE = -1;

/** In place of a member's start: its end is its JSON. */
const TEXT = -2;

/** What a lazy object knows of itself. */
interface Handler {
  readonly slots: Slots;
  readonly source: Source;
}

/**
 * An object that behaves like the plain one that its node stands for, and parses a member when it is first read. Whatever
 * else is done to it, all of its members become plain ones before. That may be long after the policy's code was started, so
 * that nothing is looked up which that may have replaced.
 */
export function lazyObject(node: Slots, source: Source): object {
  return new Proxy({}, { __proto__: TRAPS, slots: node, source } as ProxyHandler<object>);
}

/** A member that is there already. */
export function addMember(node: Slots, key: string, value: unknown): void {
  node.push(key, MADE, 0, value);
}

/** A member that is JSON of its own. */
export function addText(node: Slots, key: string, json: string): void {
  node.push(key, TEXT, json, 0);
}

/** What a part of a text says. */
export function parsePart(text: string, start: number, end: number): unknown {
  return parse(apply(slice, text, [start, end]));
}

// V8 calls them on the handler; the prototype goes once the target is the plain object
const TRAPS = {
  __proto__: null,
  get(this: Handler, target: object, key: string | symbol, receiver: unknown): unknown {
    const place = placeOf(this.slots, key);
    return place === 0 ? get(target, key, receiver) : valueAt(this, place);
  },
  has(this: Handler, target: object, key: string | symbol): boolean {
    return placeOf(this.slots, key) !== 0 || has(target, key);
  },
  ownKeys(this: Handler, target: object): (string | symbol)[] {
    return ownKeys(makePlain(this, target));
  },
  getOwnPropertyDescriptor(this: Handler, target: object, key: string | symbol): PropertyDescriptor | undefined {
    return getOwnPropertyDescriptor(makePlain(this, target), key);
  },
  defineProperty(this: Handler, target: object, key: string | symbol, property: PropertyDescriptor): boolean {
    return defineProperty(makePlain(this, target), key, property);
  },
  set(this: Handler, target: object, key: string | symbol, value: unknown, receiver: unknown): boolean {
    return set(makePlain(this, target), key, value, receiver);
  },
  deleteProperty(this: Handler, target: object, key: string | symbol): boolean {
    return deleteProperty(makePlain(this, target), key);
  },
  preventExtensions(this: Handler, target: object): boolean {
    return preventExtensions(makePlain(this, target));
  },
};

/** Where a member's slots begin; 0 for none. */
function placeOf(slots: Slots, key: string | symbol): number {
  for (let place = 1; place < slots.length; place += 4) if (slots[place] === key) return place;
  return 0;
}

function valueAt({ slots, source }: Handler, place: number): unknown {
  const start = slots[place + 1] as number;
  if (start === MADE) return slots[place + 3];
  const end = slots[place + 2];
  const node = slots[place + 3] as Slots | 0;
  const value =
    start === TEXT ? parse(end as string) : node === 0 ? partAt(start, end as number, source) : made(node, source);
  slots[place + 3] = value;
  slots[place + 1] = MADE;
  return value;
}

function partAt(start: number, end: number, { text, head, marks }: Source): unknown {
  const value = parsePart(text, head + start, head + end);
  for (let index = 0; index < marks.length; index += 1) {
    const { 0: marked, 1: what } = marks[index] as PartMarks[number];
    if (marked === start) markUnits(value, what);
  }
  return value;
}

function made(node: Slots, source: Source): object {
  if (node[0] === 0) return lazyObject(node, source);
  const list: object[] = [];
  for (let index = 1; index < node.length; index += 1)
    defineProperty(list, index - 1, plain(lazyObject(node[index] as Slots, source)));
  return list;
}

/** @returns The target, with all members. */
function makePlain(handler: Handler, target: object): object {
  const { slots } = handler;
  for (let place = 1; place < slots.length; place += 4)
    defineProperty(target, slots[place] as string, plain(valueAt(handler, place)));
  setPrototypeOf(handler, null);
  return target;
}

/** Without a prototype, which a policy could give what a property's description looks for. */
function plain(value: unknown): PropertyDescriptor {
  return { __proto__: null, value, writable: true, enumerable: true, configurable: true } as PropertyDescriptor;
}
