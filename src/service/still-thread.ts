import { Worker } from "node:worker_threads";

/** A thread that says one thing and then stands still until it is released. */
export interface StillThread<Said> {
  /** What it said; rejects where it could not even begin. */
  readonly said: Promise<Said>;
  /** Has it go on, and resolves when it has ended. */
  release(): Promise<void>;
}

/**
 * Starts a thread that keeps nobody from ending.
 *
 * @param code CommonJS, which posts one message and then waits with `Atomics.wait(workerData.hold, 0, 0)`.
 * @param data What it gets as `workerData`, beside `hold`.
 * @see https://nodejs.org/api/worker_threads.html#workerunref
 */
export function startStillThread<Said>(code: string, data: object): StillThread<Said> {
  const hold = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(code, { eval: true, workerData: { ...data, hold } });
  thread.unref();
  const ended = new Promise<void>((resolve) => thread.once("exit", () => resolve()));
  return {
    said: new Promise<Said>((resolve, reject) => {
      thread.once("message", resolve).once("error", reject);
    }),
    async release() {
      Atomics.store(hold, 0, 1);
      Atomics.notify(hold, 0);
      thread.ref();
      await ended;
    },
  };
}
