import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import code from "virt-warden:reader-thread";

/** The longest document that it is asked about, in bytes: to read longer ones takes more memory than a thread should have. */
const MAX_BYTES = 512 * 1024;

const MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 };

/** A thread that reads documents while this one does something else. Where there is none, this one has to do it all. */
export class SecondReader {
  #thread: Worker | undefined;
  #waiting: ((isConfirmed: boolean) => void) | undefined;

  constructor() {
    // beside another on one processor it would only take turns
    if (availableParallelism() < 2) return;
    try {
      this.#thread = new Worker(code, { eval: true, env: {}, resourceLimits: MEMORY, stdout: true, stderr: true });
    } catch {
      // the host gives no more threads
      return;
    }
    this.#thread.unref();
    this.#thread.on("message", (isConfirmed: boolean) => this.#answer(isConfirmed));
    this.#thread.on("error", () => this.#end());
    this.#thread.on("exit", () => this.#end());
  }

  /**
   * Has both readers read a document.
   *
   * @returns Whether they found the same tree; false also where that is not known. undefined where nobody was asked.
   */
  confirm(bytes: Uint8Array): Promise<boolean> | undefined {
    if (this.#thread === undefined || this.#waiting !== undefined || bytes.length > MAX_BYTES) return undefined;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting = resolve;
    // a part of a buffer would be sent with all of it
    const own = new Uint8Array(bytes);
    this.#thread.postMessage(own, [own.buffer]);
    return promise;
  }

  #answer(isConfirmed: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(isConfirmed);
  }

  #end(): void {
    this.#thread = undefined;
    this.#answer(false);
  }
}
