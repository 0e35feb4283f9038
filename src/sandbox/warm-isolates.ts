import type ivm from "isolated-vm";
import type { GuestCommand } from "./guest-context.ts";
import { WarmIsolate, type WarmPolicy } from "./warm-isolate.ts";

/** How many policies share an isolate: its collector stops them for as long as all of their contexts take to be marked. */
const GROUP = 64;

/** What policies are called with, beside their settings. */
export interface WarmCall {
  readonly command: GuestCommand;
  readonly text: string;
  /** How long the text's outline is. */
  readonly head: number;
  /** In milliseconds, for each policy. */
  readonly time: number;
}

/** Isolates for some policies, by their places. */
export class WarmIsolates implements Disposable {
  readonly #isolates: readonly WarmIsolate[];

  /** @param memory The heap that each policy has at least for itself, in bytes. */
  constructor(policies: readonly WarmPolicy[], memory: number, onExhausted: () => never) {
    const groups = Array.from({ length: Math.ceil(policies.length / GROUP) }, (_, index) => index * GROUP);
    this.#isolates = groups.map((start) => WarmIsolate.for(policies.slice(start, start + GROUP), memory, onExhausted));
  }

  /** How long contexts took to be made so far, in milliseconds. */
  get contextMs(): number {
    return this.#isolates.reduce((sum, { contextMs }) => sum + contextMs, 0);
  }

  /** Whether something of earlier calls stays, so that there is ever less for the next. */
  get isFull(): boolean {
    return this.#isolates.some(({ isFull }) => isFull);
  }

  /** Makes ready what the calls since the last time used up. */
  prepare(): void {
    for (const isolate of this.#isolates) isolate.prepare();
  }

  /**
   * Calls policies one after the other, while this thread waits: each when it is asked for. Whoever asks ends it by `return`.
   *
   * @returns What the runtime tells; the last is undefined where anything was not as it should be, and then none of these
   * isolates is to be used again.
   */
  *run(places: readonly number[], { command, text, head, time }: WarmCall): Generator<string | undefined, void, void> {
    const kept = new Map<WarmIsolate, ivm.Reference<string>>();
    let isInOrder = true;
    try {
      for (const place of places) {
        const isolate = this.#isolates[Math.floor(place / GROUP)] as WarmIsolate;
        // a single one takes it as it is
        const own = places.length === 1 ? undefined : (kept.get(isolate) ?? isolate.keep(text));
        if (own !== undefined) kept.set(isolate, own);
        const found = isolate.run(place % GROUP, command, [own?.derefInto() ?? text, head], time);
        isInOrder = found !== undefined;
        yield found;
        if (!isInOrder) return;
      }
    } finally {
      if (isInOrder) for (const own of kept.values()) own.release();
    }
  }

  [Symbol.dispose](): void {
    for (const isolate of this.#isolates) isolate[Symbol.dispose]();
  }
}
