import runtime from "virt-warden:guest-runtime";
import type ivm from "isolated-vm";
import { EngineFailure } from "../engine/engine-failure.ts";
import { now } from "../now.ts";
import { loadIsolatedVm } from "./addon.ts";
import { closeOwnContext } from "./close-own-context.ts";
import { type GuestCommand, GuestContext } from "./guest-context.ts";
import { type Rejection, rejectionOf, textOf } from "./isolate-error.ts";
import { POLICY_FILENAME } from "./policy-filename.ts";

/** isolated-vm takes whole MiB. */
const MIB = 1024 * 1024;

/** Stands before a policy's code, on the same line. */
export const HEAD = "(() => { ";

/** How long it may take to fetch what a policy found, in milliseconds; the runtime's own code needs far less. */
const FETCH_TIME = 100;

/** How long after its limit a stopped policy is still asked, in milliseconds; the runner waits 200. */
const LATEST_FETCH = 150;

/** How long one attempt to ask a stopped policy may take, in milliseconds. */
const ATTEMPT_TIME = 40;

/** A guest call's end: the text that it returned, or what the isolate's limits stopped it for. */
export type CallResult =
  | {
      readonly ok: true;
      readonly text: string;
      /** What a promise was rejected with that nobody waited for, where the text does not say it. */
      readonly rejection?: Rejection;
      /** What the call added to the isolate's heap, in bytes, where that was asked for. */
      readonly memory?: number;
    }
  | {
      readonly ok: false;
      readonly kind: "timeout" | "memory" | "invalid";
      readonly message: string;
      /** What a check or rewrite gave before it was stopped, where that could be fetched. */
      readonly text?: string;
    };

/** What goes in beside the command: texts and numbers, or a text that is there already. */
export type CallInputs = readonly (string | number | ivm.Dereference<string>)[];

/** What a call into a policy needs. */
export interface Call {
  readonly command: GuestCommand;
  /** The policy's code: a script that leaves its module in `__policy`. */
  readonly code: string;
  readonly inputs: readonly (string | number)[];
  /** Wall time in milliseconds. */
  readonly time: number;
  /** Whether it is to be told what the call adds to the heap. */
  readonly isMeasured?: boolean;
}

/**
 * An isolate and, with `GuestContext`, all that knows isolated-vm. Every call gets a fresh context; only texts cross.
 * Its limits are soft: the wall around this process is the hard one.
 */
export class PolicyIsolate implements Disposable {
  readonly #isolate: ivm.Isolate;
  readonly #runtime: ivm.Script;
  #isClosed = false;
  #contextMs = 0;

  /**
   * @param heap The heap limit in bytes.
   * @param onExhausted Ends the process: called when memory ran out in such a way that V8's state is unknown.
   * @param isInspected Whether V8's inspector will be opened on it.
   */
  constructor(heap: number, onExhausted: () => never, isInspected = false) {
    const started = now();
    this.#isolate = new (loaded().Isolate)({
      memoryLimit: Math.ceil(heap / MIB),
      onCatastrophicError: onExhausted,
      inspector: isInspected,
    });
    this.#runtime = this.#isolate.compileScriptSync(runtime, { filename: "virt-warden:runtime" });
    this.#contextMs = now() - started;
  }

  /** How long this isolate and its contexts took to be made, in milliseconds. */
  get contextMs(): number {
    return this.#contextMs;
  }

  /** Makes a context for one call, ready but for the policy's script. */
  context(): GuestContext {
    const started = now();
    const context = new GuestContext(this.#isolate, this.#runtime);
    if (!this.#isClosed) closeOwnContext(this.#isolate, context.context);
    this.#isClosed = true;
    this.#contextMs += now() - started;
    return context;
  }

  /** A policy's script, for contexts that are made ready for it. */
  compile(code: string): ivm.Script {
    return this.#isolate.compileScriptSync(...scriptOf(code));
  }

  /** Lets isolated-vm's own objects be used by what inspects this isolate: never for a decision. */
  inspect<T>(open: (isolatedVm: typeof ivm, isolate: ivm.Isolate) => T): T {
    return open(loaded(), this.#isolate);
  }

  get isDisposed(): boolean {
    return this.#isolate.isDisposed;
  }

  /** A function that gives back the text that it is given, and so a way to keep one in the isolate. */
  keeper(): ivm.Reference<(text: string) => string> {
    const script = this.#isolate.compileScriptSync("(text) => text", { filename: "virt-warden:runtime" });
    return script.runSync(this.context().context, { reference: true }) as ivm.Reference<(text: string) => string>;
  }

  /** What of the heap is in use, in bytes, what is garbage included. */
  get heapUsed(): number {
    return this.#isolate.getHeapStatisticsSync().used_heap_size;
  }

  /** Runs one policy in a context of its own. Does not throw for anything that the policy does. */
  async call({ command, code, inputs, time, isMeasured = false }: Call): Promise<CallResult> {
    const before = isMeasured ? await this.#heap() : 0;
    const end = now() + time;
    // none would mean no limit
    const left = (): number => Math.max(1, Math.ceil(end - now()));
    let context: GuestContext | undefined;
    try {
      context = this.context();
      const script = await this.#isolate.compileScript(...scriptOf(code));
      context.load(script);
      script.release();
      const run = context.call(command, inputs, left());
      if (command === "describe") await run;
      const rejection = await this.#rejectionOf(run, end);
      const found = await context.result(Math.max(left(), FETCH_TIME));
      const result = finished(found, rejection);
      return isMeasured && result.ok ? { ...result, memory: Math.max(0, (await this.#heap()) - before) } : result;
    } catch (error) {
      const stop = this.#stopped(error, end);
      if (stop.kind === "memory" || command === "describe" || context === undefined) return stop;
      const text = await this.#foundSoFar(context, end);
      return text === undefined ? stop : { ...stop, text };
    } finally {
      if (!this.#isolate.isDisposed) context?.[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  async #heap(): Promise<number> {
    return (await this.#isolate.getHeapStatistics()).used_heap_size;
  }

  /**
   * Waits for a check or rewrite and all that it left to promises.
   *
   * @returns What a promise of V8's own was rejected with that nobody waited for, as async functions make in bundles that
   * were built before they were lowered: the runtime catches everything else.
   */
  async #rejectionOf(check: Promise<unknown>, end: number): Promise<Rejection | undefined> {
    try {
      await check;
      return undefined;
    } catch (error) {
      if (this.#isolate.isDisposed || now() >= end) throw error;
      return rejectionOf(error);
    }
  }

  /**
   * Asks a check or rewrite that was stopped for what it had found until then. The promises that it left go on meanwhile, and V8
   * forgets them when they are stopped in turn, as it forgets a rejection once it is reported: so after a few attempts
   * nothing but the answer is left.
   */
  async #foundSoFar(context: GuestContext, end: number): Promise<string | undefined> {
    const stopped = now();
    const latest = Math.min(stopped + FETCH_TIME, end + LATEST_FETCH);
    for (let left = latest - stopped; left > 0 && !this.#isolate.isDisposed; left = latest - now()) {
      try {
        const text = await context.result(Math.ceil(Math.min(left, ATTEMPT_TIME)));
        return typeof text === "string" ? text : undefined;
      } catch {
        // stopped once more, or told of a rejection
      }
    }
    return undefined;
  }

  /** Told by what the isolate and the clock show, never by an error's text, which a policy can forge. */
  #stopped(error: unknown, end: number): Extract<CallResult, { ok: false }> {
    if (this.#isolate.isDisposed) return { ok: false, kind: "memory", message: "ran out of memory" };
    if (now() >= end) return { ok: false, kind: "timeout", message: "timed out" };
    return { ok: false, kind: "invalid", message: `cannot run: ${textOf(error)}` };
  }
}

/** A function that runs the policy's code when called, so that nothing of the policy runs outside the runtime. */
function scriptOf(code: string): readonly [code: string, origin: ivm.ScriptInfo] {
  const origin = { filename: POLICY_FILENAME, columnOffset: -HEAD.length };
  return [`${HEAD}${code}\nreturn __policy; })`, origin];
}

/** @throws {EngineFailure} where there is no sandbox on this host: no fault of a policy's. */
function loaded(): typeof ivm {
  try {
    return loadIsolatedVm();
  } catch (error) {
    throw new EngineFailure("evaluator", `Cannot load isolated-vm: ${textOf(error)}`);
  }
}

function finished(result: unknown, rejection?: Rejection): CallResult {
  if (typeof result !== "string") return { ok: false, kind: "invalid", message: "gave no result" };
  return { ok: true, text: result, ...(rejection === undefined ? {} : { rejection }) };
}
