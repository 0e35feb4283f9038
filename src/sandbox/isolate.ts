import runtime from "virt-warden:guest-runtime";
import type ivm from "isolated-vm";
import { EngineFailure } from "../engine/engine-failure.ts";
import { loadIsolatedVm } from "./addon.ts";
import { closeOwnContext } from "./close-own-context.ts";
import { type Rejection, rejectionOf, textOf } from "./isolate-error.ts";

/** isolated-vm takes whole MiB. */
const MIB = 1024 * 1024;

/** What a policy's script is called inside the sandbox, whatever its file is: no path of the host gets there. */
export const POLICY_FILENAME = "virt-warden:policy";

/** Stands before a policy's code, on the same line. */
const HEAD = "(() => { ";

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
    }
  | {
      readonly ok: false;
      readonly kind: "timeout" | "memory" | "invalid";
      readonly message: string;
      /** What a check or rewrite gave before it was stopped, where that could be fetched. */
      readonly text?: string;
    };

/** What a call into a policy needs. */
export interface Call {
  readonly command: "check" | "rewrite" | "describe";
  /** The policy's code: a script that leaves its module in `__policy`. */
  readonly code: string;
  readonly inputs: readonly [string, string];
  /** Wall time in milliseconds. */
  readonly time: number;
}

/**
 * An isolate and the only file that knows isolated-vm. Every call gets a fresh context; only texts cross.
 * Its limits are soft: the wall around this process is the hard one.
 */
export class PolicyIsolate implements Disposable {
  static #ivm: typeof ivm | undefined;
  readonly #isolate: ivm.Isolate;
  readonly #runtime: ivm.Script;
  #isClosed = false;

  /**
   * @param heap The heap limit in bytes.
   * @param onExhausted Ends the process: called when memory ran out in such a way that V8's state is unknown.
   */
  constructor(heap: number, onExhausted: () => never) {
    PolicyIsolate.#ivm ??= loaded();
    this.#isolate = new PolicyIsolate.#ivm.Isolate({
      memoryLimit: Math.ceil(heap / MIB),
      onCatastrophicError: onExhausted,
    });
    this.#runtime = this.#isolate.compileScriptSync(runtime, { filename: "virt-warden:runtime" });
  }

  /** Runs one policy in a context of its own. Does not throw for anything that the policy does. */
  async call({ command, code, inputs, time }: Call): Promise<CallResult> {
    const end = performance.now() + time;
    // none would mean no limit
    const left = (): number => Math.max(1, Math.ceil(end - performance.now()));
    let context: ivm.Context | undefined;
    let enter: ivm.Reference | undefined;
    try {
      context = await this.#isolate.createContext();
      enter = (await this.#runtime.run(context, { reference: true, timeout: left() })) as ivm.Reference;
      if (!this.#isClosed) await closeOwnContext(this.#isolate, context, left());
      this.#isClosed = true;
      const load = await this.#loader(context, code, left());
      const words = [command, load.derefInto({ release: true }), ...inputs];
      const run = enter.apply(undefined, words, { timeout: left() });
      if (command === "describe") await run;
      const rejection = await this.#rejectionOf(run, end);
      const found = await enter.apply(undefined, ["result"], { timeout: Math.max(left(), FETCH_TIME) });
      return finished(found, rejection);
    } catch (error) {
      const stop = this.#stopped(error, end);
      if (stop.kind === "memory" || command === "describe" || enter === undefined) return stop;
      const text = await this.#foundSoFar(enter, end);
      return text === undefined ? stop : { ...stop, text };
    } finally {
      if (!this.#isolate.isDisposed) {
        enter?.release();
        context?.release();
      }
    }
  }

  [Symbol.dispose](): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
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
      if (this.#isolate.isDisposed || performance.now() >= end) throw error;
      return rejectionOf(error);
    }
  }

  /**
   * Asks a check or rewrite that was stopped for what it had found until then. The promises that it left go on meanwhile, and V8
   * forgets them when they are stopped in turn, as it forgets a rejection once it is reported: so after a few attempts
   * nothing but the answer is left.
   */
  async #foundSoFar(enter: ivm.Reference, end: number): Promise<string | undefined> {
    const now = performance.now();
    const latest = Math.min(now + FETCH_TIME, end + LATEST_FETCH);
    for (let left = latest - now; left > 0 && !this.#isolate.isDisposed; left = latest - performance.now()) {
      try {
        const timeout = Math.ceil(Math.min(left, ATTEMPT_TIME));
        const text: unknown = await enter.apply(undefined, ["result"], { timeout });
        return typeof text === "string" ? text : undefined;
      } catch {
        // stopped once more, or told of a rejection
      }
    }
    return undefined;
  }

  /** A function that runs the policy's code when called, so that nothing of the policy runs outside the runtime. */
  async #loader(context: ivm.Context, code: string, timeout: number): Promise<ivm.Reference> {
    const origin = { filename: POLICY_FILENAME, columnOffset: -HEAD.length };
    const script = await this.#isolate.compileScript(`${HEAD}${code}\nreturn __policy; })`, origin);
    return script.run(context, { reference: true, release: true, timeout });
  }

  /** Told by what the isolate and the clock show, never by an error's text, which a policy can forge. */
  #stopped(error: unknown, end: number): Extract<CallResult, { ok: false }> {
    if (this.#isolate.isDisposed) return { ok: false, kind: "memory", message: "ran out of memory" };
    if (performance.now() >= end) return { ok: false, kind: "timeout", message: "timed out" };
    return { ok: false, kind: "invalid", message: `cannot run: ${textOf(error)}` };
  }
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
