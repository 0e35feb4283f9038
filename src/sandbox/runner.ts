import type { Limits } from "../bundle/manifest.ts";
import type { Call, CallResult } from "./isolate.ts";
import { PolicyIsolate } from "./isolate.ts";
import { endFor, recordPolicy } from "./record.ts";

/** How much later than its limit a policy is given up that the isolate could not stop, in milliseconds. */
const GRACE = 200;

/** What a text from the host takes in an isolate beside the policy's own heap: itself, and what is parsed from it. */
const HEAP_FOR_INPUT = 6;

/** The part of its time limit that a policy had of the processors, at least, when it is blamed for time. */
const STARVED = 0.25;

/** What a policy may leave in the heap where the next one is measured, in bytes: its garbage would be collected meanwhile. */
const LITTLE = 2 * 1024 * 1024;

const GIVEN_UP: CallResult = { ok: false, kind: "timeout", message: "timed out" };

/**
 * `shared`: one isolate for all policies, a context each. `alone`: an isolate each, for after the process died once
 * and nobody knows whose memory it was.
 */
export type RunMode = "shared" | "alone";

/** What becomes known of policies on the way, in case that one of them ends this process. */
export interface RunnerRecord {
  /** Names the policy that runs next. */
  readonly started: (name: string) => void;
  /** Ends this process, since memory ran out in such a way that V8's state is unknown. */
  readonly exhausted: (name: string) => never;
}

/** What takes time, and is done for those alone who look at policies. */
export interface RunnerExtras {
  /** Whether policies have the runtime of tests, `guest/runtime-in-tests.ts`, and their findings say where they were recorded. */
  readonly isTraced?: boolean;
  /** Told what each run of a policy that came to its end added to its isolate's heap, in bytes. */
  readonly onMeasured?: ((name: string, memory: number) => void) | undefined;
}

/** For a process of one decision: whoever started it reads what the policy that ended it was called. */
const RECORD: RunnerRecord = { started: recordPolicy, exhausted: (name) => endFor(name, "memory") };

/** Runs policies one after the other within their budgets. */
export class PolicyRunner implements Disposable {
  readonly #limits: Limits;
  readonly #mode: RunMode;
  readonly #onStuck: (name: string) => void;
  readonly #record: RunnerRecord;
  /** Whether policies have the runtime of tests, `guest/runtime-in-tests.ts`, and their findings say where they were recorded. */
  readonly isTraced: boolean;
  readonly #onMeasured: RunnerExtras["onMeasured"];
  #isolate: PolicyIsolate | undefined;
  #contextMs = 0;
  #isStuck = false;
  #running = "";
  #left = 0;
  #usedBefore = process.cpuUsage();

  /**
   * @param onStuck Called with the name of a policy that nothing but the process's end can stop. Where it returns, no
   * other policy may be run.
   */
  constructor(
    limits: Limits,
    mode: RunMode,
    onStuck: (name: string) => void,
    record: RunnerRecord = RECORD,
    { isTraced = false, onMeasured }: RunnerExtras = {},
  ) {
    this.isTraced = isTraced;
    this.#limits = limits;
    this.#record = record;
    this.#mode = mode;
    this.#onStuck = onStuck;
    this.#onMeasured = onMeasured;
  }

  /** How long isolates and contexts took to be made so far, in milliseconds. */
  get contextMs(): number {
    return this.#contextMs + (this.#isolate?.contextMs ?? 0);
  }

  /**
   * Runs one policy.
   *
   * @param name How the record names it.
   */
  async run(name: string, call: Omit<Call, "time">): Promise<CallResult> {
    this.#record.started(name);
    this.#running = name;
    const fresh = this.#mode === "alone" || this.#isolate === undefined || this.#left > LITTLE;
    this.#usedBefore = process.cpuUsage();
    let result = await this.#runOnce(name, call, fresh);
    while (!result.ok && result.kind === "timeout" && this.#isStarved()) {
      result = await this.#runOnce(name, call, true);
    }
    // in a shared isolate others' garbage counts too: a policy is blamed for memory only after it failed alone
    if (!result.ok && result.kind === "memory" && !fresh) return this.#runOnce(name, call, true);
    return result;
  }

  /** Whether the host was so busy that the policy that runs had next to nothing of its time: then it is not to blame. */
  #isStarved(): boolean {
    const { user, system } = process.cpuUsage(this.#usedBefore);
    return (user + system) / 1000 < this.#limits.time * STARVED;
  }

  async #runOnce(name: string, call: Omit<Call, "time">, fresh: boolean): Promise<CallResult> {
    if (fresh) this[Symbol.dispose]();
    const inputs = call.inputs.reduce<number>((sum, input) => sum + (typeof input === "string" ? input.length : 0), 0);
    const heap = this.#limits.memory + HEAP_FOR_INPUT * inputs;
    this.#isolate ??= new PolicyIsolate(heap, () => this.#record.exhausted(this.#running));
    const time = this.#limits.time;
    const watchdog = Promise.withResolvers<CallResult>();
    const giveUp = (): void => (this.#isStarved() ? void timer.refresh() : watchdog.resolve(GIVEN_UP));
    const timer = setTimeout(giveUp, time + GRACE);
    const isMeasured = this.#onMeasured !== undefined;
    const result = await Promise.race([this.#isolate.call({ ...call, time, isMeasured }), watchdog.promise]);
    clearTimeout(timer);
    this.#left = result.ok ? (result.memory ?? 0) : 0;
    if (result.ok && result.memory !== undefined) this.#onMeasured?.(name, result.memory);
    if (result === GIVEN_UP) {
      this.#isStuck = true;
      this.#onStuck(name);
    }
    // after a stop, microtasks that the policy left can still run
    if (!result.ok) this[Symbol.dispose]();
    return result;
  }

  [Symbol.dispose](): void {
    // to dispose of an isolate that cannot be stopped does nothing, or waits for ever
    if (!this.#isStuck) this.#isolate?.[Symbol.dispose]();
    this.#contextMs += this.#isolate?.contextMs ?? 0;
    this.#isolate = undefined;
  }
}
