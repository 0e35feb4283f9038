import { once } from "node:events";
import { safeJson } from "../log/json-text.ts";
import { type DecisionFilter, isWanted } from "../log/read/decision-filter.ts";
import { type LoggedDecision, type LoggedNotice, readLogged } from "../log/read/logged.ts";
import { Summary } from "../log/read/summary.ts";
import { formatLogged } from "./format-logged.ts";
import { formatSummary } from "./format-summary.ts";
import { warnOf } from "./warn-of.ts";

/** In which form decisions are shown. */
export interface LogForm {
  readonly json?: true;
  readonly summary?: true;
}

/** Shows what is wanted of a log, as fast as it is read. */
export class LogOutput {
  readonly #filter: DecisionFilter;
  readonly #isJson: boolean;
  readonly #summary: Summary | undefined;
  /** The last ones so far; undefined where each is shown at once. */
  #last: string[] | undefined;
  readonly #count: number;
  #damaged = 0;

  /** @param lines How many decisions to keep, and show when all are read; else each is shown at once. */
  constructor(filter: DecisionFilter, { json, summary }: LogForm, lines: number | undefined) {
    this.#filter = filter;
    this.#isJson = json === true;
    this.#summary = summary ? new Summary() : undefined;
    this.#count = lines ?? 0;
    this.#last = lines === undefined ? undefined : [];
  }

  /**
   * Takes a line, undefined where it is too long for one.
   *
   * @returns Whether anybody still reads.
   */
  async take(line: string | undefined): Promise<boolean> {
    const logged = line === undefined ? undefined : readLogged(line);
    if (line === undefined || logged === undefined) {
      this.#damaged += line === "" ? 0 : 1;
    } else if (isWanted(logged, this.#filter)) {
      if (this.#summary !== undefined) this.#summary.add(logged);
      else if (this.#last === undefined) return print(this.#text(line, logged));
      else this.#keep(line);
    }
    return process.stdout.writable;
  }

  /**
   * Shows what was kept; from now on each decision is shown at once.
   *
   * @returns Whether anybody still reads.
   */
  async allRead(): Promise<boolean> {
    const kept = this.#last?.slice(-this.#count) ?? [];
    this.#last = undefined;
    for (const line of kept) {
      const logged = readLogged(line);
      if (logged !== undefined && !(await print(this.#text(line, logged)))) return false;
    }
    this.#tellDamaged();
    return process.stdout.writable;
  }

  /** Shows what is left. */
  async end(): Promise<void> {
    if (this.#summary !== undefined && process.exitCode !== 1) await print(formatSummary(this.#summary));
    await this.allRead();
  }

  #keep(line: string): void {
    this.#last?.push(line);
    // not at each line: what is before it moves
    if ((this.#last?.length ?? 0) >= 2 * this.#count) this.#last = this.#last?.slice(-this.#count);
  }

  #text(line: string, logged: LoggedDecision | LoggedNotice): string {
    return this.#isJson ? safeJson(line) : formatLogged(logged);
  }

  #tellDamaged(): void {
    if (this.#damaged === 0) return;
    const [lines, were] = this.#damaged === 1 ? ["line", "was"] : ["lines", "were"];
    warnOf(`${this.#damaged} damaged ${lines} of the log ${were} left out`);
    this.#damaged = 0;
  }
}

/** @returns Whether anybody still reads. */
async function print(text: string): Promise<boolean> {
  const { stdout } = process;
  if (!stdout.writable) return false;
  if (!stdout.write(`${text}\n`)) {
    const settled = new AbortController();
    await Promise.race([
      once(stdout, "drain", { signal: settled.signal }),
      once(stdout, "close", { signal: settled.signal }),
    ])
      // whoever read is gone, which main.ts hears of as well
      .catch(() => {});
    settled.abort();
  }
  return stdout.writable;
}
