import { join } from "node:path";
import { shellQuote } from "../src/install/shell-text.ts";
import type { Command } from "./measure.ts";
import { runWell } from "./run.ts";

/** The most hooks that read at once. */
const MOST = 64;

/** What a writer may take to be ready, in milliseconds: once, and for each of several. */
const READY = { once: 8, each: 3 };

/**
 * Documents come to hooks through a pipe, as libvirt writes them: before each run somebody is set to write one, and waits
 * until the hook opens the pipe.
 */
export class Stdin {
  /** What there is at least between two calls of one hook, in milliseconds. */
  static readonly gap: number = READY.once + READY.each;

  /** Beginning of the pipes' paths; a number from 1 on comes after it. */
  readonly names: string;

  private constructor(names: string) {
    this.names = names;
  }

  /** Makes the pipes in a folder. */
  static async make(folder: string, signal: AbortSignal): Promise<Stdin> {
    const names = join(folder, "stdin.");
    const paths = Array.from({ length: MOST }, (_, index) => `${names}${index + 1}`);
    await runWell({ words: ["mkfifo", ...paths] }, signal);
    return new Stdin(names);
  }

  /**
   * The shell's line that sets the writers to it.
   *
   * @param pause In milliseconds, before they are.
   */
  prepare(input: string | undefined, readers = 1, pause = 0): string {
    const wait = `sleep ${(READY.once + READY.each * readers) / 1000}`;
    const before = pause === 0 ? "" : `sleep ${pause / 1000}; `;
    if (input === undefined) return `${before}${wait}`;
    // dd opens the pipe itself, so that it is there when a reader comes
    const writer = `dd if=${shellQuote(input)} of=${shellQuote(this.names)}$n bs=4M status=none 2>/dev/null`;
    return `${before}n=0; while [ $n -lt ${readers} ]; do n=$((n + 1)); ${writer} & done; ${wait}`;
  }

  /** The shell's line that runs a command with its pipe; one with several readers opens them itself. */
  line({ words, input, readers }: Command): string {
    const line = words.map(shellQuote).join(" ");
    return input === undefined || readers !== undefined ? line : `${line} <${shellQuote(`${this.names}1`)}`;
  }
}
