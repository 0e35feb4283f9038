import type { Manifest } from "../bundle/manifest.ts";
import type { Audited } from "./audit.ts";
import { hasFindings, type Mark, markOf } from "./mark.ts";

/** What policies came to at one guest. */
export interface MatrixRow {
  /** The guest's name; the document's path where it could not be judged. */
  readonly guest: string;
  readonly isRunning: boolean;
  /** By policy; undefined where the document could not be judged. */
  readonly marks: ReadonlyMap<string, Mark> | undefined;
}

/** Guests that there is something to say of, by the policies that found something. */
export class Matrix {
  readonly rows: MatrixRow[] = [];
  readonly #names: readonly string[];
  readonly #found = new Set<string>();

  constructor({ policies }: Manifest) {
    this.#names = policies.map(({ name }) => name);
  }

  /** The policies that found something, or failed, in the bundle's order. */
  get policies(): readonly string[] {
    return this.#names.filter((name) => this.#found.has(name));
  }

  add({ file, isRunning, decision }: Audited): void {
    if (!hasFindings(decision)) return;
    const marks = new Map<string, Mark>();
    for (const outcome of decision.policies) {
      const mark = markOf(outcome, decision);
      if (mark === undefined) continue;
      marks.set(outcome.name, mark);
      if (mark !== "allow") this.#found.add(outcome.name);
    }
    const guest = decision.object === "" ? file : decision.object;
    this.rows.push({ guest, isRunning, marks: decision.error === undefined ? marks : undefined });
  }
}
