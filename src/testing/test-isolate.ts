import runtime from "virt-warden:guest-tests";
import type ivm from "isolated-vm";
import { now } from "../now.ts";
import { loadIsolatedVm } from "../sandbox/addon.ts";
import { closeOwnContext } from "../sandbox/close-own-context.ts";
import { SETUP_TIME } from "../sandbox/guest-context.ts";
import type { TestEnd } from "./bridge.ts";

/** What V8 calls the script of a test file. */
export const TEST_FILENAME = "test.js";

/** What a test file's own code may hold, in MiB: documents are texts there. */
const MEMORY = 128;

/** How a call into a test file ended: as it says itself, or as the isolate's limits stopped it. */
export type CallEnd = TestEnd | { readonly ok: false; readonly message: string; readonly isOver: boolean };

/**
 * The isolate that a test file runs in: apart from those of the policies that it tests. Texts go in and out; what it asks
 * is answered by the engine meanwhile.
 */
export class TestIsolate implements Disposable {
  readonly #isolate: ivm.Isolate;
  readonly #context: ivm.Context;
  readonly #enter: ivm.Reference;

  /** @param answer Answers what tests ask. Must not reject. */
  constructor(answer: (question: string) => Promise<string>) {
    const module = loadIsolatedVm();
    this.#isolate = new module.Isolate({ memoryLimit: MEMORY });
    this.#context = this.#isolate.createContextSync();
    const script = this.#isolate.compileScriptSync(runtime, { filename: "virt-warden:runtime" });
    this.#enter = script.runSync(this.#context, { reference: true, timeout: SETUP_TIME }) as ivm.Reference;
    this.#enter.applySync(undefined, ["start", new module.Reference(answer)], { timeout: SETUP_TIME });
    closeOwnContext(this.#isolate, this.#context);
  }

  /** Runs the file's own code, which names its tests. */
  async load(code: string, time: number): Promise<CallEnd> {
    try {
      const script = await this.#isolate.compileScript(`(() => { ${code}\n})`, {
        filename: TEST_FILENAME,
        columnOffset: -"(() => { ".length,
      });
      const load = (await script.run(this.#context, { reference: true, timeout: time })) as ivm.Reference;
      return await this.#call("load", load.derefInto(), time);
    } catch (error) {
      return this.#stopped(error, now() + time);
    }
  }

  /** The names of the tests, in their order. */
  async names(): Promise<readonly string[]> {
    const text = await this.#enter.apply(undefined, ["names"], { timeout: SETUP_TIME });
    return JSON.parse(String(text)) as string[];
  }

  /** Runs a test. */
  run(index: number, time: number): Promise<CallEnd> {
    return this.#call("run", index, time);
  }

  [Symbol.dispose](): void {
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  async #call(command: string, given: unknown, time: number): Promise<CallEnd> {
    const end = now() + time;
    try {
      return JSON.parse(String(await this.#enter.apply(undefined, [command, given], { timeout: time }))) as TestEnd;
    } catch (error) {
      return this.#stopped(error, end);
    }
  }

  #stopped(error: unknown, end: number): CallEnd {
    if (this.#isolate.isDisposed) {
      return { ok: false, message: `the tests used up their memory, ${MEMORY} MiB`, isOver: true };
    }
    if (now() >= end) return { ok: false, message: "timed out", isOver: false };
    return { ok: false, message: error instanceof Error ? error.message : String(error), isOver: false };
  }
}
