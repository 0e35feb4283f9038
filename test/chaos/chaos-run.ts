import { isDeepStrictEqual } from "node:util";
import { type ColdVerdicts, verdictKey } from "./cold-verdicts.ts";
import { type ChaosGuest, type Operation, startAndEnd } from "./guest.ts";
import { callKey, type HookCalls } from "./hook-calls.ts";
import { DEADLINE } from "./policies.ts";

/** The calls of a run, each compared with the cold verdict. */
export class ChaosRun {
  readonly #calls: HookCalls;
  readonly #verdicts: ColdVerdicts;
  readonly #ended: () => void;
  readonly #said: string[] = [];
  readonly #made: { readonly guest: ChaosGuest; readonly operation: Operation }[] = [];
  readonly guests: ChaosGuest[] = [];
  readonly problems: string[] = [];
  #slowest = 0;

  /** @param ended Told of each call's end. */
  constructor(calls: HookCalls, verdicts: ColdVerdicts, ended: () => void) {
    this.#ended = ended;
    this.#calls = calls;
    this.#verdicts = verdicts;
  }

  say(line: string): void {
    this.#said.push(line);
  }

  wrong(problem: string): void {
    this.problems.push(problem);
  }

  /** Has a guest started and ended. */
  async startAndEnd(guest: ChaosGuest): Promise<void> {
    this.guests.push(guest);
    await startAndEnd(guest, async (operation) => {
      const { ms, ...came } = await this.#calls.call(guest, operation);
      this.#ended();
      this.#made.push({ guest, operation });
      this.#slowest = Math.max(this.#slowest, ms);
      const { log: _, ...wanted } = this.#verdicts.get(verdictKey(guest.kind, operation)) ?? { status: null, log: [] };
      if (!isDeepStrictEqual(came, wanted)) {
        this.wrong(`${guest.name} ${operation} came to ${JSON.stringify(came)} and cold to ${JSON.stringify(wanted)}`);
      }
      if (ms > DEADLINE) this.wrong(`${guest.name} ${operation} took ${Math.round(ms)} ms, past the deadline`);
      return came.status;
    });
  }

  /** Each call has a line in the log, and just one, as it has when it is decided cold. */
  checkLog(): void {
    const logged = this.#calls.logged(this.guests);
    for (const { guest, operation } of this.#made) {
      const key = callKey(guest.name, operation);
      const lines = logged.get(key) ?? [];
      logged.delete(key);
      const wanted = this.#verdicts.get(verdictKey(guest.kind, operation))?.log;
      if (!isDeepStrictEqual(lines, wanted)) {
        this.wrong(`${key} has in the log ${JSON.stringify(lines)} and cold ${JSON.stringify(wanted)}`);
      }
    }
    for (const key of logged.keys()) this.wrong(`${key} is in the log and was never called`);
  }

  /** Lines for people. */
  lines(): readonly string[] {
    const { cold, asks } = this.#calls.launched();
    const calls = this.#made.length;
    return [
      `${this.guests.length} guests, ${calls} calls`,
      `decided by the service for the script itself: ${calls - cold - asks}; asked for by the launcher: ${asks}; cold: ${cold}`,
      `the slowest call: ${(this.#slowest / 1000).toFixed(2)} s`,
      ...this.#said,
    ];
  }
}
