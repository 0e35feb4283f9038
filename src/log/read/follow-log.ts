import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { LineSplitter } from "./line-splitter.ts";

/** How often the file is looked at, in milliseconds. */
const PERIOD = 200;

/** By how many bytes of its start a file is told from one that took its place. */
const HEAD = 256;

/** A line without its end, undefined where it is damaged; or that all was read that is there so far. */
export type Followed = { readonly line: string | undefined } | "all read";

/**
 * A log's lines from its start, and those that come, by the file's name: over its rotation, by rename as well as by
 * copying and truncating, and also where it is not there yet. A last line waits for its end.
 *
 * @param signal Ends it.
 * @throws Error of the file system, other than that there is no file.
 */
export async function* followLog(file: string, signal: AbortSignal): AsyncGenerator<Followed> {
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const handle = await openIfThere(file);
    if (handle === undefined) {
      if (isFirst) yield "all read";
      await pause(signal);
      continue;
    }
    try {
      yield* followFile(new FollowedFile(handle), file, signal);
    } finally {
      await handle.close();
    }
  }
}

/** Until another file has its name. */
async function* followFile(followed: FollowedFile, file: string, signal: AbortSignal): AsyncGenerator<Followed> {
  while (!signal.aborted) {
    yield* followed.read();
    yield "all read";
    const isOther = await followed.isOther(file);
    await pause(signal);
    if (!isOther) continue;
    // whoever had it open has written meanwhile
    yield* followed.read();
    return yield* followed.end();
  }
}

/** An open log, and how far it was read. */
class FollowedFile {
  readonly #handle: FileHandle;
  readonly #buffer = Buffer.allocUnsafe(2 ** 18);
  #splitter = new LineSplitter();
  #offset = 0;
  #head: Buffer = Buffer.alloc(0);

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Whether another file has the name by now; not where none has it, as between two steps of a rotation. */
  async isOther(file: string): Promise<boolean> {
    const [there, own] = await Promise.all([stat(file).catch(() => undefined), this.#handle.stat()]);
    return there !== undefined && (there.ino !== own.ino || there.dev !== own.dev);
  }

  /** What is new. */
  async *read(): AsyncGenerator<Followed> {
    const { size } = await this.#handle.stat();
    if (size < this.#offset || (size > this.#offset && !(await this.#hasSameHead()))) yield* this.#startAgain();
    for (;;) {
      const { bytesRead } = await this.#handle.read(this.#buffer, 0, this.#buffer.length, this.#offset);
      if (bytesRead === 0) return;
      const piece = this.#buffer.subarray(0, bytesRead);
      if (this.#head.length < HEAD) this.#head = Buffer.concat([this.#head, piece]).subarray(0, HEAD);
      this.#offset += bytesRead;
      for (const line of this.#splitter.take(piece)) yield { line };
    }
  }

  /** The last line, which will have no end any more. */
  *end(): Generator<Followed> {
    for (const line of this.#splitter.end()) yield { line };
  }

  /** It was truncated. */
  *#startAgain(): Generator<Followed> {
    yield* this.end();
    this.#splitter = new LineSplitter();
    this.#offset = 0;
    this.#head = Buffer.alloc(0);
  }

  /** One that was truncated may have grown beyond what it had. */
  async #hasSameHead(): Promise<boolean> {
    const { length } = this.#head;
    if (length === 0) return true;
    const { bytesRead, buffer } = await this.#handle.read(Buffer.alloc(length), 0, length, 0);
    return bytesRead === length && buffer.equals(this.#head);
  }
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(PERIOD, undefined, { signal }).catch(() => {});
}
