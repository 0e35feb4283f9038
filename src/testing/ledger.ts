import type { Limits } from "../bundle/manifest.ts";
import type { RunFailure } from "../engine/decision.ts";
import { failedEarlier } from "../sandbox/failed-earlier.ts";
import { endFor, type PolicyEnd, recordPolicy } from "../sandbox/record.ts";

/**
 * Keeps on record what runs, so that whatever ends this process is known to the one that runs the file again: a run of a
 * policy, which then fails, or a test's own code. Tests do the same each time, so that numbers name their runs.
 */
export class Ledger {
  readonly #failed: ReadonlyMap<string, RunFailure>;
  #part = "load";
  #runs = 0;
  #current = "load";

  /**
   * @param failed What ended earlier processes of this file, as the wall's outer side collects it.
   * @param limits Those of a policy.
   */
  constructor(failed: string, limits: Limits) {
    this.#failed = failedEarlier(failed, limits);
  }

  /**
   * Notes that a part of the file's own code runs next: `load`, or a test by its number.
   *
   * @returns false where it ended an earlier process, and is not to be run.
   */
  startPart(part: string): boolean {
    this.#part = part;
    this.#runs = 0;
    if (this.#failed.has(part)) return false;
    this.#note(part);
    return true;
  }

  /** Notes that the file's own code goes on. */
  resumePart(): void {
    this.#note(this.#part);
  }

  /** How the run of a policy that comes next ended an earlier process; undefined where it did not. Then it is skipped. */
  failureOfNext(): RunFailure | undefined {
    const failure = this.#failed.get(this.#nameOf(this.#runs + 1));
    if (failure !== undefined) this.#runs += 1;
    return failure;
  }

  /** Notes that a policy runs next. */
  startRun(): void {
    this.#runs += 1;
    this.#note(this.#nameOf(this.#runs));
  }

  /** Ends this process for what runs now. */
  end(how: PolicyEnd): never {
    endFor(this.#current, how);
  }

  #nameOf(run: number): string {
    return `${this.#part}.${run}`;
  }

  #note(name: string): void {
    this.#current = name;
    recordPolicy(name);
  }
}
