import type ivm from "isolated-vm";
import type { CallInputs } from "./isolate.ts";

/** How long it may take to set a context up, in milliseconds, where nothing but the engine's own code runs. */
export const SETUP_TIME = 1000;

/** What a context can be asked for by its runtime's `enter` (`guest/runtime.ts`). */
export type GuestCommand = "check" | "rewrite" | "describe";

/** A context with the runtime in it, made for one call of one policy: nothing else ever runs there. */
export class GuestContext implements Disposable {
  readonly #context: ivm.Context;
  readonly #enter: ivm.Reference;
  #load: ivm.Reference | undefined;

  /** @throws {Error} where the runtime cannot be set up: then no policy may run. */
  constructor(isolate: ivm.Isolate, runtime: ivm.Script) {
    this.#context = isolate.createContextSync();
    this.#enter = runtime.runSync(this.#context, { reference: true, timeout: SETUP_TIME }) as ivm.Reference;
  }

  get context(): ivm.Context {
    return this.#context;
  }

  /** Takes a policy's script, whose value is a function that runs the policy's code: none of that runs yet. */
  load(script: ivm.Script): void {
    this.#load = script.runSync(this.#context, { reference: true, timeout: SETUP_TIME }) as ivm.Reference;
  }

  /** Calls the policy. What it found is asked for by {@link result}. */
  async call(command: GuestCommand, inputs: CallInputs, timeout: number): Promise<void> {
    await this.#enter.apply(undefined, this.#words(command, inputs), { timeout });
  }

  /** The same, while this thread waits. */
  callSync(command: GuestCommand, inputs: CallInputs, timeout: number): void {
    this.#enter.applySync(undefined, this.#words(command, inputs), { timeout });
  }

  async result(timeout: number): Promise<unknown> {
    return this.#enter.apply(undefined, ["result"], { timeout });
  }

  resultSync(timeout: number): unknown {
    return this.#enter.applySync(undefined, ["result"], { timeout });
  }

  #words(command: GuestCommand, inputs: CallInputs): unknown[] {
    return [command, this.#load?.derefInto(), ...inputs];
  }

  /** Not to be called once the isolate is disposed of. */
  [Symbol.dispose](): void {
    this.#load?.release();
    this.#enter.release();
    this.#context.release();
  }
}
