import type { Limits } from "../bundle/manifest.ts";
import { countingHeap, SLACK } from "../testing/coverage/counting-heap.ts";
import { type RanParts, RanUnits } from "../testing/coverage/raw-coverage.ts";
import { type Call, HEAD, PolicyIsolate } from "./isolate.ts";
import { POLICY_FILENAME } from "./policy-filename.ts";
import { Profiler, type ScriptCoverage } from "./profiler.ts";

/** How much longer than its time one call is waited for, in milliseconds. */
const GRACE = 1000;

/** How many calls share an isolate: V8 keeps the counts of every context that there was. */
const CALLS_PER_ISOLATE = 50;

interface Profiled {
  readonly isolate: PolicyIsolate;
  readonly profiler: Profiler;
}

/** What nobody may use nor take apart any more, be it as garbage. */
const lost: Profiled[] = [];

/**
 * Runs calls of policies once more to count what of their code runs, in an isolate of its own: what is decided is decided
 * without, within the budgets and at the speed that a hook has.
 */
export class CoverageRecorder implements Disposable {
  readonly #limits: Limits;
  readonly #onExhausted: (name: string) => never;
  /** By the policy's code. */
  readonly #ran = new Map<string, RanUnits>();
  #open: Profiled | undefined;
  #running = "";
  #calls = 0;
  #isOver = false;

  /** @param onExhausted Ends the process: called when memory ran out in such a way that V8's state is unknown. */
  constructor(limits: Limits, onExhausted: (name: string) => never) {
    this.#limits = limits;
    this.#onExhausted = onExhausted;
  }

  /** What of a policy's code ran until now. */
  partsOf(code: string): RanParts {
    return this.#ran.get(code)?.parts ?? [];
  }

  /** Whether counting came to an end, since a policy could not be stopped or took the memory. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Counts one call of a policy. */
  async record(name: string, call: Omit<Call, "time">): Promise<void> {
    if (this.#isOver) return;
    this.#running = name;
    if (this.#calls++ % CALLS_PER_ISOLATE === 0) this[Symbol.dispose]();
    const time = this.#limits.time * SLACK;
    const watchdog = Promise.withResolvers<false>();
    const timer = setTimeout(() => watchdog.resolve(false), time + GRACE);
    const isCounted = await Promise.race([this.#count({ ...call, time }), watchdog.promise]);
    clearTimeout(timer);
    if (isCounted) return;
    this.#isOver = true;
    if (this.#open !== undefined) lost.push(this.#open);
    this.#open = undefined;
  }

  /** @returns whether the isolate is still there. */
  async #count(call: Call): Promise<boolean> {
    this.#open ??= await openProfiled(countingHeap(this.#limits), () => this.#onExhausted(this.#running));
    const { isolate, profiler } = this.#open;
    const { ok } = await isolate.call(call);
    if (isolate.isDisposed) return false;
    const ran = this.#ran.get(call.code) ?? new RanUnits(call.code.length);
    this.#ran.set(call.code, ran);
    for (const { functions } of (await profiler.take()).filter(hasRun)) ran.count(functions, HEAD.length);
    // after a stop, microtasks that the policy left can still run
    if (!ok) this[Symbol.dispose]();
    return true;
  }

  [Symbol.dispose](): void {
    this.#open?.profiler.close();
    this.#open?.isolate[Symbol.dispose]();
    this.#open = undefined;
  }
}

/** Of all policies' scripts that the isolate still has, the one that ran: only its own function was called. */
function hasRun({ url, functions: [script] }: ScriptCoverage): boolean {
  return url === POLICY_FILENAME && (script?.ranges[0]?.count ?? 0) > 0;
}

async function openProfiled(heap: number, onExhausted: () => never): Promise<Profiled> {
  const isolate = new PolicyIsolate(heap, onExhausted, true);
  const profiler = isolate.inspect((ivm, inspected) => new Profiler(ivm, inspected));
  await profiler.start();
  return { isolate, profiler };
}
