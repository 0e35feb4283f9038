import type { RemotePolicies } from "../sandbox/remote-policies.ts";
import type { Evaluator } from "./evaluators.ts";
import { RequestError } from "./request-error.ts";

/** How many policies an evaluator runs alone even while others are idle: to ask each takes about as long as a few. */
const SHARE = 32;

/** What one decision has of evaluators: its own, and those that it takes to run many policies. */
export class Turn {
  /** Rejects with a {@link RequestError} when one of them is gone. */
  readonly gone: Promise<never>;
  readonly #taken: Evaluator[] = [];
  readonly #takeAnother: () => Evaluator | undefined;
  readonly #gone = Promise.withResolvers<never>();
  #isOver = false;

  /** @param takeAnother Takes one that is idle. */
  constructor(own: Evaluator, takeAnother: () => Evaluator | undefined) {
    this.gone = this.#gone.promise;
    // nobody may ever wait for it
    this.gone.catch(() => {});
    this.#takeAnother = takeAnother;
    this.#take(own);
  }

  /** All that it has, its own first. */
  get taken(): readonly Evaluator[] {
    return this.#taken;
  }

  /** Those that share so many policies. Once the turn is over, they are asked nothing more. */
  sharing(policies: number): readonly Pick<RemotePolicies, "ask">[] {
    const most = Math.ceil(policies / SHARE);
    while (!this.#isOver && this.#taken.length < most) {
      const another = this.#takeAnother();
      if (another === undefined) break;
      this.#take(another);
    }
    return this.#taken.slice(0, most).map(({ remote }) => ({
      ask: (...words) => (this.#isOver ? new Promise(() => {}) : remote.ask(...words)),
    }));
  }

  /** Ends it: what still goes on for the decision asks nobody. */
  end(): void {
    this.#isOver = true;
  }

  #take(evaluator: Evaluator): void {
    this.#taken.push(evaluator);
    void evaluator.remote.gone.then((reason) =>
      this.#gone.reject(new RequestError(`the evaluator is gone: ${reason}`)),
    );
  }
}
