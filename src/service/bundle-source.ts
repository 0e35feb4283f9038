import { type FSWatcher, watch } from "node:fs";
import { lstat, readlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { breakGlassState } from "../break-glass/state.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { UserError } from "../user-error.ts";

/** How often the folder is looked at, in milliseconds, whatever is told of changes. */
const PERIOD = 1000;

/** What a look at the folder found: a bundle, or why there is none that can be used. */
export type Look = { readonly bundle: Bundle } | { readonly problem: UserError };

/** Looks for the bundle in force. */
export class BundleSource {
  readonly #dir: string;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #seen: { readonly marks: string; readonly look: Look } | undefined;

  constructor(dir: string) {
    this.#dir = resolve(dir);
  }

  /** What is there; what has not changed is not read again. */
  async look(): Promise<Look> {
    const marks = await this.#marks();
    if (this.#seen?.marks === marks) return this.#seen.look;
    const look = await read(this.#dir);
    this.#seen = { marks, look };
    return look;
  }

  /** Whether break-glass is in force there. */
  isInBreakGlass(): boolean {
    return breakGlassState(this.#dir).state === "in force";
  }

  /** Calls a function whenever there may be another bundle. */
  watch(onChange: () => void): void {
    this.#timer = setInterval(onChange, PERIOD);
    try {
      this.#watcher = watch(this.#dir, onChange);
      // the timer is left
      this.#watcher.on("error", () => this.#watcher?.close());
    } catch {
      // too many watches on this host, or no folder yet
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#watcher?.close();
  }

  /** What changes with the bundle and with who may write to it. */
  async #marks(): Promise<string> {
    const current = join(this.#dir, "current");
    const target = await readlink(current).catch(() => "");
    const version = resolve(this.#dir, target);
    const paths = [this.#dir, join(version, ".."), version, ...FILES.map((name) => join(version, name))];
    const stats = await Promise.all(paths.map((path) => lstat(path, { bigint: true }).catch(() => undefined)));
    // a folder's own time changes with what is put in, such as the lock of a build
    return [
      target,
      ...stats.map((each) => each && [each.ino, each.mode, each.uid, each.gid, timeOf(each)].join()),
    ].join("/");
  }
}

const FILES = ["launch", "manifest.json", "policies.js"];

function timeOf(stats: { isFile(): boolean; readonly ctimeNs: bigint }): bigint {
  return stats.isFile() ? stats.ctimeNs : 0n;
}

async function read(dir: string): Promise<Look> {
  try {
    return { bundle: await readBundle(dir) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: error };
  }
}
