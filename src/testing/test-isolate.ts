import runtime from "virt-warden:guest-tests";
import type ivm from "isolated-vm";
import { now } from "../now.ts";
import { loadIsolatedVm } from "../sandbox/addon.ts";
import { closeOwnContext } from "../sandbox/close-own-context.ts";
import { SETUP_TIME } from "../sandbox/guest-context.ts";
import type { TestEnd } from "./bridge.ts";

/** How a call into a test file ended: as it says itself, or as its limits stopped it. */
export type CallEnd = TestEnd;

/** What V8 calls the script of a test file. */
export const TEST_FILENAME = "test.js";

/** What a test file's own code may hold, in MiB: documents are texts there. */
const MEMORY = 128;

/** Stands before the file's code, on the same line. */
const HEAD = "(() => { ";

/** How much later than its time a call is given up that the isolate could not stop, in milliseconds. */
const GRACE = 500;

/**
 * The isolate that a test file runs in: apart from those of the policies that it tests. Texts go in and out; what it asks
 * is answered by the engine meanwhile.
 */
export class TestIsolate implements Disposable {
  readonly #isolate: ivm.Isolate;
  readonly #context: ivm.Context;
  readonly #enter: ivm.Reference;
  #isStuck = false;

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
    return this.#within(time, async () => {
      const script = await this.#isolate.compileScript(`${HEAD}${code}\n})`, {
        filename: TEST_FILENAME,
        columnOffset: -HEAD.length,
      });
      const load = (await script.run(this.#context, { reference: true, timeout: time })) as ivm.Reference;
      return this.#enter.apply(undefined, ["load", load.derefInto()], { timeout: time });
    });
  }

  /** The names of the tests, in their order. */
  async names(): Promise<readonly string[]> {
    const text = await this.#enter.apply(undefined, ["names"], { timeout: SETUP_TIME });
    return JSON.parse(String(text)) as string[];
  }

  /** Runs a test. */
  run(index: number, time: number): Promise<CallEnd> {
    return this.#within(time, () => this.#enter.apply(undefined, ["run", index], { timeout: time }));
  }

  [Symbol.dispose](): void {
    // to dispose of an isolate that cannot be stopped waits for ever
    if (!this.#isStuck && !this.#isolate.isDisposed) this.#isolate.dispose();
  }

  /** Waits for a call, at most a little longer than its time: V8's own timer stands still while the engine answers. */
  async #within(time: number, call: () => Promise<unknown>): Promise<CallEnd> {
    const end = now() + time;
    const watchdog = Promise.withResolvers<CallEnd>();
    const timer = setTimeout(() => {
      this.#isStuck = true;
      watchdog.resolve({ ...timedOut(time), isOver: true });
    }, time + GRACE);
    const ended = call().then(
      (text) => JSON.parse(String(text)) as TestEnd,
      (error: unknown) => this.#stopped(error, end, time),
    );
    const first = await Promise.race([ended, watchdog.promise]);
    clearTimeout(timer);
    return first;
  }

  #stopped(error: unknown, end: number, time: number): CallEnd {
    if (this.#isolate.isDisposed) {
      return { ok: false, message: `the test's own code used up its memory, ${MEMORY} MiB`, isOver: true };
    }
    if (now() >= end) return timedOut(time);
    return { ok: false, message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function timedOut(time: number): Extract<CallEnd, { ok: false }> {
  return { ok: false, message: `timed out after ${Math.round(time / 100) / 10} s` };
}
