import type { Answer } from "../engine/decide.ts";
import { DecisionCounts } from "../metrics/decision-counts.ts";
import { now } from "../now.ts";
import { decideRequest } from "./decide-request.ts";
import type { Evaluator, Evaluators } from "./evaluators.ts";
import type { Request } from "./request.ts";
import { RequestError } from "./request-error.ts";
import type { SecondReader } from "./second-reader.ts";

/** How many decisions wait at most. */
const MAX_WAITING = 256;

/** Which part of its time a decision waits at most: with the rest its asker can still decide itself. */
const PATIENCE = 0.5;

/** A decision that waits for an evaluator. */
interface Waiting {
  readonly start: (by: Turn) => void;
  readonly giveUp: (reason: string) => void;
}

/** An evaluator that is a decision's own. */
interface Turn {
  readonly evaluators: Evaluators;
  readonly evaluator: Evaluator;
}

/** How busy a service is. */
export interface Load {
  /** SHA-256 of the manifest of the bundle in force, in hex; missing before there is one. */
  readonly digest?: string;
  /** How many evaluators can decide, now or after others. */
  readonly evaluators: number;
  readonly running: number;
  readonly waiting: number;
  readonly undecided: number;
}

/** Asks whoever knows whether a bundle with this digest is being loaded. */
export type Look = (digest: string) => Promise<boolean>;

/** Gives requests to the evaluators of the bundle in force, in the order in which they come. */
export class Decisions {
  /** Whether break-glass is in force, of which only a process that root's side starts knows all. */
  isPaused = false;
  readonly #look: Look;
  readonly #reader: Pick<SecondReader, "confirm">;
  readonly #waiting = new Set<Waiting>();
  #inForce: Evaluators | undefined;
  #running = 0;
  #undecided = 0;
  /** What was decided. */
  readonly counts = new DecisionCounts();

  /** @param reader Reads documents as well, where nothing else is to be done. */
  constructor(look: Look, reader: Pick<SecondReader, "confirm">) {
    this.#look = look;
    this.#reader = reader;
  }

  /** How it is now; `undecided` is how often the asker had to decide itself. */
  get load(): Load {
    const { ground, readyCount = 0 } = this.#inForce ?? {};
    return {
      ...(ground && { digest: ground.digest }),
      evaluators: readyCount,
      running: this.#running,
      waiting: this.#waiting.size,
      undecided: this.#undecided,
    };
  }

  /** Has another bundle decide from now on. What was begun ends as it began. */
  putInForce(evaluators: Evaluators): void {
    this.#inForce?.retire();
    this.#inForce = evaluators;
    this.goOn();
  }

  /** Starts what waits, as far as there are idle evaluators; where none is left at all, nothing waits any longer. */
  goOn(): void {
    const areReady = this.#inForce?.areReady === true;
    for (const waiting of this.#waiting) {
      const turn = this.#take();
      if (turn === undefined && areReady) return;
      this.#waiting.delete(waiting);
      if (turn === undefined) waiting.giveUp("no evaluator is ready");
      else waiting.start(turn);
    }
  }

  /**
   * Decides a request.
   *
   * @param cameAt When it came, as `now()` tells time.
   * @param isWanted Whether anybody still waits for the answer.
   * @throws {RequestError} where its asker has to decide itself.
   */
  async decide(request: Request, cameAt: number, isWanted: () => boolean): Promise<Answer> {
    try {
      const answer = await this.#decide(request, cameAt, isWanted);
      this.counts.add(answer.decision, Date.now());
      return answer;
    } catch (error) {
      this.#undecided += 1;
      throw error;
    }
  }

  async #decide(request: Request, cameAt: number, isWanted: () => boolean): Promise<Answer> {
    if (this.isPaused) throw new RequestError("break-glass is in force");
    if (this.#inForce === undefined) throw new RequestError("starting");
    await this.#refuseOtherBundle(request);
    if (!this.#inForce.areReady) throw new RequestError("no evaluator is ready");
    const { evaluators, evaluator } = this.#take() ?? (await this.#turn(cameAt + request.time * PATIENCE));
    if (!isWanted()) {
      evaluators.giveBack(evaluator);
      throw new RequestError("nobody waits for it");
    }
    const { ground } = evaluators;
    const endsAt = Math.min(cameAt + request.time, now() + ground.bundle.manifest.limits.deadline);
    // several decisions at once use the processors without that
    const confirm = (bytes: Uint8Array) => (this.#running > 1 ? undefined : this.#reader.confirm(bytes));
    this.#running += 1;
    try {
      return await evaluators.decide(evaluator, (sharing) => decideRequest(request, ground, sharing, endsAt, confirm));
    } finally {
      this.#running -= 1;
    }
  }

  #take(): Turn | undefined {
    const evaluators = this.#inForce;
    const evaluator = evaluators?.take();
    return evaluators === undefined || evaluator === undefined ? undefined : { evaluators, evaluator };
  }

  async #refuseOtherBundle({ digest }: Request): Promise<void> {
    if (digest === undefined || digest === this.#inForce?.ground.digest) return;
    const isLoading = await this.#look(digest);
    // it may have come into force meanwhile
    if (isLoading && digest !== this.#inForce?.ground.digest) throw new RequestError("another bundle");
  }

  /** Waits for an idle evaluator. */
  async #turn(latest: number): Promise<Turn> {
    if (this.#waiting.size >= MAX_WAITING) throw new RequestError("too many decisions wait");
    const { promise, resolve, reject } = Promise.withResolvers<Turn>();
    const waiting: Waiting = { start: resolve, giveUp: (reason) => reject(new RequestError(reason)) };
    this.#waiting.add(waiting);
    const timer = setTimeout(
      () => {
        // a turn that was given is taken
        if (this.#waiting.delete(waiting)) waiting.giveUp("other decisions take too long");
      },
      Math.max(0, latest - now()),
    );
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}
