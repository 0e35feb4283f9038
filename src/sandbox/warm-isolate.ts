import type ivm from "isolated-vm";
import { now } from "../now.ts";
import type { GuestCommand, GuestContext } from "./guest-context.ts";
import { type CallInputs, PolicyIsolate } from "./isolate.ts";

/** What the heap takes for each context that is ready, in bytes, at first guess; V8 14 takes 190 KiB. */
const CONTEXT_HEAP = 256 * 1024;

/** What the heap takes beside contexts and a policy's own, in bytes, at first guess: the isolate itself, one input. */
const BASE_HEAP = 4 * 1024 * 1024;

/** After so many preparations it is looked at how much of the heap was in use at least. */
const WINDOW = 64;

/** The longest text that is kept for the policies of a decision, in UTF-16 units: its parts take some times as much. */
export const LONGEST_TEXT = 512 * 1024;

/** A policy, as an isolate knows it. */
export interface WarmPolicy {
  readonly code: string;
  /** JSON of its settings. */
  readonly settings: string;
}

/** An isolate in which each of some policies has a context ready, which is used for one call and then gone. */
export class WarmIsolate implements Disposable {
  readonly #isolate: PolicyIsolate;
  readonly #policies: readonly WarmPolicy[];
  readonly #scripts: (ivm.Script | undefined)[];
  readonly #ready: (GuestContext | undefined)[];
  readonly #isLoadable: boolean[] = [];
  readonly #most: number;
  #least = Number.POSITIVE_INFINITY;
  #preparations = 0;
  #isFull = false;
  #keep: ivm.Reference<(text: string) => string> | undefined;

  /** @param memory The heap that each policy has at least for itself, in bytes. */
  static for(policies: readonly WarmPolicy[], memory: number, onExhausted: () => never): WarmIsolate {
    const guess = BASE_HEAP + CONTEXT_HEAP * policies.length;
    const isolate = new WarmIsolate(policies, memory, guess, onExhausted);
    isolate.prepare();
    const taken = isolate.#isolate.heapUsed;
    if (taken <= guess) return isolate;
    isolate[Symbol.dispose]();
    return new WarmIsolate(policies, memory, 2 * taken, onExhausted);
  }

  /** @param taken What contexts take of the heap, in bytes. */
  private constructor(policies: readonly WarmPolicy[], memory: number, taken: number, onExhausted: () => never) {
    this.#policies = policies;
    this.#most = taken + memory / 2;
    this.#isolate = new PolicyIsolate(memory + taken, onExhausted);
    this.#scripts = policies.map(() => undefined);
    this.#ready = policies.map(() => undefined);
  }

  /** How long contexts took to be made so far, in milliseconds. */
  get contextMs(): number {
    return this.#isolate.contextMs;
  }

  /** Whether something of earlier calls stays, so that there is ever less for the next: what is garbage goes at times. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Makes ready what the calls since the last time used up. */
  prepare(): void {
    for (let place = 0; place < this.#policies.length; place += 1) {
      if (this.#isLoadable[place] !== false) this.#ready[place] ??= this.#tryToMake(place);
    }
    this.#least = Math.min(this.#least, this.#isolate.heapUsed);
    this.#preparations += 1;
    if (this.#preparations % WINDOW !== 0) return;
    this.#isFull ||= this.#least > this.#most;
    this.#least = Number.POSITIVE_INFINITY;
  }

  /** Puts a text into the isolate, where every policy's call can have it without a copy of its own. */
  keep(text: string): ivm.Reference<string> {
    this.#keep ??= this.#isolate.keeper();
    return this.#keep.applySync(undefined, [text], { result: { reference: true } }) as ivm.Reference<string>;
  }

  /**
   * Calls a policy while this thread waits.
   *
   * @param inputs Its inputs but the settings.
   * @param time In milliseconds.
   * @returns What the runtime tells; undefined where anything was not as it should be. Then this isolate is not to be used
   * again.
   */
  run(place: number, command: GuestCommand, inputs: CallInputs, time: number): string | undefined {
    try {
      const context = this.#ready[place] ?? this.#make(place);
      this.#ready[place] = undefined;
      const end = now() + time;
      const left = (): number => Math.max(1, Math.ceil(end - now()));
      context.callSync(command, [...inputs, this.#policies[place]?.settings ?? "null"], left());
      const text = context.resultSync(left());
      context[Symbol.dispose]();
      // no timer stops a single call of V8's own code, which may have taken any time
      return typeof text === "string" && now() < end ? text : undefined;
    } catch {
      // stopped, out of memory, or told of a rejection: the same policy is run again elsewhere, which says which
      return undefined;
    }
  }

  /** What cannot be loaded is so at the call, where it can be said: no other policy has to wait for that. */
  #tryToMake(place: number): GuestContext | undefined {
    try {
      return this.#make(place);
    } catch {
      this.#isLoadable[place] = false;
      return undefined;
    }
  }

  #make(place: number): GuestContext {
    const script = this.#scripts[place] ?? this.#isolate.compile(this.#policies[place]?.code ?? "");
    this.#scripts[place] = script;
    const context = this.#isolate.context();
    context.load(script);
    return context;
  }

  [Symbol.dispose](): void {
    this.#isolate[Symbol.dispose]();
  }
}
