import runtime from "virt-warden:guest-runtime";
import type ivm from "isolated-vm";
import { loadIsolatedVm } from "./addon.ts";

/** isolated-vm takes whole MiB. */
const MIB = 1024 * 1024;

/** A guest call's end: the text that it returned, or what the isolate's limits stopped it for. */
export type CallResult =
  | { readonly ok: true; readonly text: string }
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

  /** Whether a limit ended the isolate; it is of no further use then. */
  get ended(): boolean {
    return this.#isolate.isDisposed;
  }

  /** Runs one policy in a context of its own. Does not throw for anything that the policy does. */
  async call({ command, file, code, inputs, time }: Call): Promise<CallResult> {
    const started = performance.now();
    let context: ivm.Context | undefined;
    try {
      context = await this.#isolate.createContext();
      const enter: ivm.Reference = await this.#runtime.run(context, { reference: true, timeout: time });
      const load = await this.#loader(context, file, code, time);
      const result: unknown = await enter.apply(undefined, [command, load.derefInto(), ...inputs], { timeout: time });
      if (typeof result === "string") return { ok: true, text: result };
      return { ok: false, kind: "invalid", message: "gave no result" };
    } catch (error) {
      return this.#stopped(error, performance.now() - started, time);
    } finally {
      if (!this.#isolate.isDisposed) context?.release();
    }
  }

  [Symbol.dispose](): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
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
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, kind: "invalid", message: `cannot run: ${message}` };
  }
}
