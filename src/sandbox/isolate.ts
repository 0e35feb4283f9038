import runtime from "virt-warden:guest-runtime";
import type ivm from "isolated-vm";
import { loadIsolatedVm } from "./addon.ts";

/** isolated-vm takes whole MiB. */
const MIB = 1024 * 1024;

/** The longest text of an error that is kept, in UTF-16 units. */
const MAX_TEXT = 2000;

/** A guest call's end: the text that it returned, or what the isolate's limits stopped it for. */
export type CallResult =
  | {
      readonly ok: true;
      readonly text: string;
      /** What a promise was rejected with that nobody waited for. */
      readonly rejection?: string;
    }
  | { readonly ok: false; readonly kind: "timeout" | "memory" | "invalid"; readonly message: string };

/** What a call into a policy needs. */
export interface Call {
  readonly command: "check" | "describe";
  /** The policy's source file, for stack traces. */
  readonly file: string;
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

  /** @param heap The heap limit in bytes. */
  constructor(heap: number) {
    PolicyIsolate.#ivm ??= loadIsolatedVm();
    this.#isolate = new PolicyIsolate.#ivm.Isolate({
      memoryLimit: Math.ceil(heap / MIB),
      // V8's state is unknown from here on, so the process ends and the wall's outer side runs the rest again
      onCatastrophicError: () => process.abort(),
    });
    this.#runtime = this.#isolate.compileScriptSync(runtime, { filename: "virt-warden:runtime" });
  }

  /** Runs one policy in a context of its own. Does not throw for anything that the policy does. */
  async call({ command, file, code, inputs, time }: Call): Promise<CallResult> {
    const started = performance.now();
    let context: ivm.Context | undefined;
    try {
      context = await this.#isolate.createContext();
      const enter: ivm.Reference = await this.#runtime.run(context, { reference: true, timeout: time });
      const load = await this.#loader(context, file, code, time);
      const apply = (word: string): Promise<unknown> =>
        enter.apply(undefined, [word, load.derefInto(), ...inputs], { timeout: time });
      if (command === "describe") return finished(await apply(command));
      const rejection = await this.#check(() => apply(command), time);
      return finished(await apply("result"), rejection);
    } catch (error) {
      return this.#stopped(error, performance.now() - started, time);
    } finally {
      if (!this.#isolate.isDisposed) context?.release();
    }
  }

  [Symbol.dispose](): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  /**
   * Runs a check with all that it left to promises.
   *
   * @returns What a promise was rejected with that nobody waited for: the runtime catches everything else.
   */
  async #check(run: () => Promise<unknown>, time: number): Promise<string | undefined> {
    const started = performance.now();
    try {
      await run();
      return undefined;
    } catch (error) {
      if (this.#isolate.isDisposed || performance.now() - started >= time) throw error;
      return `a promise was rejected: ${textOf(error)}`;
    }
  }

  /** A function that runs the policy's code when called, so that nothing of the policy runs outside the runtime. */
  async #loader(context: ivm.Context, filename: string, code: string, timeout: number): Promise<ivm.Reference> {
    const script = await this.#isolate.compileScript(`(() => { ${code}\nreturn __policy; })`, { filename });
    return script.run(context, { reference: true, timeout });
  }

  /** Told by what the isolate and the clock show, never by an error's text, which a policy can forge. */
  #stopped(error: unknown, elapsed: number, time: number): CallResult {
    if (this.#isolate.isDisposed) return { ok: false, kind: "memory", message: "ran out of memory" };
    if (elapsed >= time) return { ok: false, kind: "timeout", message: "timed out" };
    return { ok: false, kind: "invalid", message: `cannot run: ${textOf(error)}` };
  }
}

function finished(result: unknown, rejection?: string): CallResult {
  if (typeof result !== "string") return { ok: false, kind: "invalid", message: "gave no result" };
  return { ok: true, text: result, ...(rejection === undefined ? {} : { rejection }) };
}

/** An error that isolated-vm copied out of the isolate, or whatever else was thrown there. */
function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, MAX_TEXT) : String(error);
}
