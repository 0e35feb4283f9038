import type { Answer } from "../engine/decide.ts";

/** What policies' runs added to the heap. */
export class MemoryUse {
  readonly #bytes = new Map<string, number>();

  /** Notes one run; of several of a policy's, the largest counts: each has a context of its own. */
  readonly add = (name: string, bytes: number): void => {
    this.#bytes.set(name, Math.max(bytes, this.#bytes.get(name) ?? 0));
  };

  /** An answer that says so of each policy that was measured. */
  told({ decision, ...rest }: Answer): Answer {
    const policies = decision.policies.map((outcome) => {
      const memory = this.#bytes.get(outcome.name);
      return memory === undefined ? outcome : { ...outcome, memory };
    });
    return { ...rest, decision: { ...decision, policies } };
  }
}
