import { type FSWatcher, watch } from "node:fs";
import { basename, sep } from "node:path";
import { printable } from "../hook/printable.ts";
import { UserError } from "../user-error.ts";

/** What tests depend on, by name: policies, tests, documents, the configuration and what tells how to compile. */
const WATCHED = /\.(?:[cm]?[jt]s|json|xml|ya?ml)$/;

/** How long after a change further ones are awaited, in milliseconds: an editor writes several files, or one in parts. */
const PAUSE = 100;

/** How many changed files are named. */
const NAMED = 3;

/** What {@link runOnChanges} is given. */
export interface Watched {
  /** Where the configuration lies, as an absolute path. */
  readonly folder: string;
  /** Runs all tests; what it throws for the user to put right is said, and watching goes on. */
  readonly run: () => Promise<void>;
  /** Takes a line for people. */
  readonly say: (line: string) => void;
}

/**
 * Runs tests, and again whenever something changes that they may depend on. What changes while they run has them run
 * again afterwards. Never ends by itself.
 *
 * @throws {Error} of the system, where the folder cannot be watched, or what `run` throws beside {@link UserError}.
 */
export async function runOnChanges({ folder, run, say }: Watched): Promise<never> {
  const changes = new Changes(folder);
  try {
    for (;;) {
      await run().catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        say(error.message);
      });
      say(`watching ${printable(folder)}; Ctrl-C ends`);
      const files = await changes.next();
      const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : "";
      say(`changed: ${files.slice(0, NAMED).map(printable).join(", ")}${more}`);
    }
  } finally {
    changes.close();
  }
}

/** Collects the files of a folder that change. */
class Changes {
  readonly #watcher: FSWatcher;
  readonly #files = new Set<string>();
  #wake = Promise.withResolvers<void>();

  constructor(folder: string) {
    this.#watcher = watch(folder, { recursive: true, ignore: isIgnored });
    this.#watcher.on("change", (event, name) => {
      const file = String(name);
      // a folder that came or went as a whole is named alone
      const isFolder = event === "rename" && !basename(file).includes(".");
      if (isIgnored(file) || !(isFolder || WATCHED.test(file))) return;
      this.#files.add(file);
      this.#wake.resolve();
    });
    this.#watcher.on("error", (error) => this.#wake.reject(error));
    // it is only thrown where it is waited for
    this.#wake.promise.catch(() => {});
  }

  /** Waits for a change, and a little longer. */
  async next(): Promise<readonly string[]> {
    await this.#wake.promise;
    for (let known = -1; known !== this.#files.size; ) {
      known = this.#files.size;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    const files = [...this.#files].sort();
    this.#files.clear();
    this.#wake = Promise.withResolvers();
    this.#wake.promise.catch(() => {});
    return files;
  }

  close(): void {
    this.#watcher.close();
  }
}

/** Packages, and what hides: editors keep their own files there, and so do programs for versions. */
function isIgnored(file: string): boolean {
  return file.split(sep).some((part) => part === "node_modules" || (part.startsWith(".") && part.length > 1));
}
