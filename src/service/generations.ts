import type { Bundle } from "../bundle/bundle.ts";
import type { Generation } from "./generation.ts";

/** How long after the last decision's end one is waited for, in milliseconds. */
const GRACE = 1000;

/** What bundles are made of, and who has to know of them. */
export interface GenerationsOptions {
  readonly make: (number: number, bundle: Bundle) => Generation;
  /** Has a bundle known to the listener, and its evaluators started. */
  readonly announce: (generation: Generation) => void;
  /** Has one forgotten. */
  readonly drop: (generation: Generation) => void;
}

/** The bundles of a supervisor: the one in force, the one that is to be next, those that end what they began. */
export class Generations {
  readonly #options: GenerationsOptions;
  readonly #former = new Set<Generation>();
  readonly #closing = new Set<Promise<void>>();
  #count = 0;
  #inForce: Generation | undefined;
  #next: Generation | undefined;
  #since: Date | undefined;

  constructor(options: GenerationsOptions) {
    this.#options = options;
  }

  /** The one that decides. */
  get inForce(): Generation | undefined {
    return this.#inForce;
  }

  /** Since when. */
  get since(): Date | undefined {
    return this.#since;
  }

  /** The one that is to decide next. */
  get next(): Generation | undefined {
    return this.#next;
  }

  /** How long any decision may still take, in milliseconds. */
  get patience(): number {
    return ((this.#inForce ?? this.#next)?.bundle.manifest.limits.deadline ?? 0) + GRACE;
  }

  /** The one that has an evaluator. */
  holder(id: number): Generation | undefined {
    return [...this.#present(), ...this.#former].find((generation) => generation.has(id));
  }

  get pids(): readonly number[] {
    return this.#present().flatMap(({ pids }) => pids);
  }

  /** Has a bundle decide as soon as it can, unless it does. */
  use(bundle: Bundle): void {
    const { digest } = bundle;
    if (digest === this.#next?.bundle.digest) return;
    if (this.#next !== undefined) this.#giveUp(this.#next);
    this.#next = undefined;
    if (digest === this.#inForce?.bundle.digest) return;
    this.#count += 1;
    this.#next = this.#options.make(this.#count, bundle);
    this.#options.announce(this.#next);
  }

  /** Makes a listener know all that it has to, which was just started. */
  announce(): void {
    for (const generation of this.#present()) this.#options.announce(generation);
  }

  /** The next one decides from now on; returns whether one with this number may decide. */
  serve(number: number): boolean {
    if (this.#next?.number !== number) return this.#inForce?.number === number;
    const old = this.#inForce;
    this.#inForce = this.#next;
    this.#next = undefined;
    this.#since = new Date();
    if (old === undefined) return true;
    this.#options.drop(old);
    this.#former.add(old);
    const patience = old.bundle.manifest.limits.deadline + GRACE;
    this.#track(old.drain(patience).finally(() => this.#former.delete(old)));
    return true;
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    for (const generation of [...this.#present(), ...this.#former]) this.#track(generation.close());
    await Promise.all(this.#closing);
  }

  #giveUp(generation: Generation): void {
    this.#options.drop(generation);
    this.#track(generation.close());
  }

  #present(): readonly Generation[] {
    return [this.#inForce, this.#next].filter((each) => each !== undefined);
  }

  #track(closing: Promise<void>): void {
    const tracked = closing.finally(() => this.#closing.delete(tracked));
    this.#closing.add(tracked);
  }
}
