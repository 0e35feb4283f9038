import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { comparable } from "../support/comparable.ts";
import { type Ended, LAUNCHER, start } from "../support/launcher.ts";
import { type ChaosGuest, type Operation, wordsFor } from "./guest.ts";

/** What a call came to, in words that are the same for each guest of a kind. */
export type Verdict = Pick<Ended, "status" | "stdout" | "stderr"> & {
  /** The lines of the decision log about it. */
  readonly log: readonly unknown[];
};

/** PATH and the rest of what libvirt's daemon gives its hooks. */
const ENVIRONMENT = {
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
  HOME: "/root",
};

/** What stands for a guest's name in a verdict. */
const NAME = "GUEST";

/** An installed script, called as libvirt does. */
export class HookCalls {
  readonly #script: string;
  readonly #log: string;
  readonly #notes: string;

  /**
   * Writes the script.
   *
   * @param folder Where; a new one.
   * @param write Makes the script's text for a launcher.
   * @param log The bundle's decision log.
   */
  constructor(folder: string, write: (launcher: string) => string, log: string) {
    mkdirSync(folder);
    this.#script = join(folder, "qemu");
    this.#log = log;
    this.#notes = join(folder, "launched");
    const launcher = join(folder, "launcher");
    // notes who was not answered by the service itself
    const words = `case " $* " in *" --socket "*) echo asks ;; *) echo cold ;; esac >>'${this.#notes}'`;
    writeFileSync(launcher, `#!/bin/sh\n${words}\nexec '${LAUNCHER}' "$@"\n`);
    writeFileSync(this.#script, write(launcher));
    for (const file of [launcher, this.#script]) chmodSync(file, 0o755);
  }

  /** How many calls ended in the launcher: to be decided `cold`, or so that it `asks` the service for the script. */
  launched(): { readonly cold: number; readonly asks: number } {
    const words = existsSync(this.#notes) ? readFileSync(this.#notes, "utf8").split("\n") : [];
    const count = (word: string) => words.filter((each) => each === word).length;
    return { cold: count("cold"), asks: count("asks") };
  }

  /** Calls the hook, and gives what it came to but for the log, and how long that took, in milliseconds. */
  async call(guest: ChaosGuest, operation: Operation): Promise<Omit<Verdict, "log"> & { readonly ms: number }> {
    const began = performance.now();
    const options = { env: ENVIRONMENT, cwd: "/" };
    const { status, stdout, stderr } = await start(this.#script, wordsFor(guest, operation), guest.document, options)
      .ended;
    const anonymous = (text: string) => text.replaceAll(guest.name, NAME);
    return { status, stdout: anonymous(stdout), stderr: anonymous(stderr), ms: performance.now() - began };
  }

  /** What the decision log has about each call, by `GUEST OPERATION`. */
  logged(guests: readonly ChaosGuest[]): Map<string, unknown[]> {
    const names = new Set(guests.map(({ name }) => name));
    const logged = new Map<string, unknown[]>();
    const text = existsSync(this.#log) ? readFileSync(this.#log, "utf8") : "";
    for (const line of text.split("\n").filter((each) => each !== "")) {
      const { object, event } = JSON.parse(line) as { object: string; event: string };
      if (!names.has(object)) continue;
      const key = callKey(object, event.slice("qemu/".length));
      logged.set(key, [...(logged.get(key) ?? []), comparable(line.replaceAll(object, NAME))]);
    }
    return logged;
  }
}

/** Names a call. */
export function callKey(guest: string, operation: string): string {
  return `${guest} ${operation}`;
}
