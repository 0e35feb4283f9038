import type ivm from "isolated-vm";
import type { CountedFunction } from "../testing/coverage/raw-coverage.ts";

/** One script, and how often its functions and their parts ran. */
export interface ScriptCoverage {
  readonly url: string;
  /** An outer function before those inside it; the first is the script itself. */
  readonly functions: readonly CountedFunction[];
}

/**
 * V8's count of what runs in an isolate that was made with `inspector`. Where the isolate runs out of memory while this is
 * open, isolated-vm waits for itself: it then must not be used nor closed nor collected, and a thread is lost.
 *
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Profiler/
 * @see InspectorAgent in isolated-vm's inspector.cc
 */
export class Profiler {
  readonly #session: ivm.InspectorSession;
  readonly #answers = new Map<number, (answer: string) => void>();
  #calls = 0;

  constructor({ Callback }: typeof ivm, isolate: ivm.Isolate) {
    this.#session = openSession(Callback, isolate);
    this.#session.onResponse = (call, answer) => {
      const take = this.#answers.get(call);
      // isolated-vm calls outside of Node's callbacks: what waits for a promise would go on only after the next of those
      if (take !== undefined) setImmediate(take, answer);
      this.#answers.delete(call);
    };
    this.#session.onNotification = () => {};
  }

  /** Begins to count, in scripts that are compiled from now on. */
  async start(): Promise<void> {
    await this.#ask("Profiler.enable");
    await this.#ask("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** What ran since this was asked last; every script that is still there is named, be it with counts of 0. */
  async take(): Promise<readonly ScriptCoverage[]> {
    const { result } = (await this.#ask("Profiler.takePreciseCoverage")) as { result: readonly ScriptCoverage[] };
    return result;
  }

  close(): void {
    this.#session.dispose();
  }

  #ask(method: string, params: object = {}): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const id = ++this.#calls;
    this.#answers.set(id, (answer) => {
      const { result, error } = JSON.parse(answer) as { result?: unknown; error?: { message: string } };
      if (error === undefined) resolve(result);
      else reject(new Error(`Cannot call ${method}: ${error.message}`));
    });
    this.#session.dispatchProtocolMessage(JSON.stringify({ id, method, params }));
    return promise;
  }
}

/**
 * V8 ends the process where a thread opens a session without holding the isolate, which isolated-vm does not see to: one
 * that the isolate calls back holds it.
 */
function openSession(Callback: typeof ivm.Callback, isolate: ivm.Isolate): ivm.InspectorSession {
  let session: ivm.InspectorSession | undefined;
  const context = isolate.createContextSync();
  context.evalClosureSync("$0()", [
    new Callback(() => {
      session = isolate.createInspectorSession();
    }),
  ]);
  context.release();
  if (session === undefined) throw new Error("Cannot open V8's inspector: the isolate did not call back");
  return session;
}
