import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, lstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { getSystemErrorMessage } from "node:util";
import { UserError } from "../user-error.ts";
import { beforeSignals } from "./before-signals.ts";

/** Guests' names and documents are nobody else's, until whoever asked for the report hands it around. */
const MODE = 0o600;

/** A file that is there whole or not at all: it is written beside its place, and then takes it. */
export class ReportFile implements Disposable {
  readonly #path: string;
  readonly #temporary: string;
  readonly #descriptor: number;
  readonly #takeBack: () => void;

  /**
   * Opens it before there is anything to write, so that nobody waits for a report that cannot be.
   *
   * @param begins What a report of its kind begins with, `""` for anything: what else is there stays.
   * @throws {UserError} where it cannot be written there.
   */
  constructor(file: string, begins: string) {
    this.#path = resolve(file);
    this.#temporary = join(dirname(this.#path), `.virt-warden-${randomBytes(6).toString("hex")}`);
    this.#descriptor = this.#saying(() => {
      refuseOthers(this.#path, begins);
      return openSync(this.#temporary, "wx", MODE);
    });
    this.#takeBack = beforeSignals(() => this.#remove());
  }

  /** @throws {UserError} where it cannot be written; what was there before then still is. */
  write(text: string): void {
    this.#saying(() => {
      writeFileSync(this.#descriptor, text);
      fsyncSync(this.#descriptor);
      renameSync(this.#temporary, this.#path);
    });
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
    this.#remove();
    this.#takeBack();
  }

  #remove(): void {
    rmSync(this.#temporary, { force: true });
  }

  #saying<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const { errno, message } = error as NodeJS.ErrnoException;
      const reason = errno === undefined ? message : getSystemErrorMessage(errno);
      throw new UserError([{ file: this.#path, message: `cannot write the report: ${reason}` }]);
    }
  }
}

/** A report takes the place of an older one, of nothing else. */
function refuseOthers(path: string, begins: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isFile()) throw new Error("there is something that is no file: name another");
  if (stats.size > 0 && beginningOf(path, Buffer.byteLength(begins)) !== begins) {
    throw new Error("there is a file that is no such report: name another, or remove it");
  }
}

function beginningOf(path: string, bytes: number): string {
  const descriptor = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(bytes);
    return buffer.toString("utf8", 0, readSync(descriptor, buffer, 0, bytes, 0));
  } finally {
    closeSync(descriptor);
  }
}
