import type { Duplex } from "node:stream";
import type { Answer } from "../engine/decide.ts";
import { RemotePolicies } from "../sandbox/remote-policies.ts";
import type { DecidedRequest, Ground } from "./decide-request.ts";
import { RequestError } from "./request-error.ts";
import { warmUp } from "./warm-up.ts";

/** Told what becomes of evaluators, which it names by their numbers. */
export interface EvaluatorEvents {
  /** It can decide. */
  readonly ready: (id: number) => void;
  /** It is idle. */
  readonly idle: () => void;
  /** Its process has to be ended. */
  readonly used: (id: number, reason: string, wasWarmingUp: boolean) => void;
}

/** A process that runs policies. */
export interface Evaluator {
  readonly id: number;
  readonly remote: RemotePolicies;
  state: "starting" | "warming up" | "idle" | "busy";
  /** How many decisions it has left. */
  left: number;
}

/** The evaluators of one bundle. Each makes one decision at a time. */
export class Evaluators {
  readonly ground: Ground;
  readonly #limit: number;
  readonly #events: EvaluatorEvents;
  readonly #all = new Set<Evaluator>();
  /** The last is the one that was used last: its memory is the warmest. */
  readonly #idle: Evaluator[] = [];
  #isRetired = false;

  /** @param limit After how many decisions an evaluator is replaced. */
  constructor(ground: Ground, limit: number, events: EvaluatorEvents) {
    this.ground = ground;
    this.#limit = limit;
    this.#events = events;
  }

  /** Whether any can decide, now or after others. */
  get areReady(): boolean {
    return [...this.#all].some(({ state }) => state === "idle" || state === "busy");
  }

  /** Takes an evaluator in, and has it ready when it is. */
  async add(id: number, channel: Duplex, isWarmedUp: boolean): Promise<void> {
    const remote = new RemotePolicies(channel, this.ground.bundle);
    const evaluator: Evaluator = { id, remote, state: "starting", left: this.#limit };
    this.#all.add(evaluator);
    void remote.gone.then((reason) => this.#discard(evaluator, reason));
    try {
      await remote.ready;
      if (isWarmedUp) await this.#warmUp(evaluator);
    } catch (error) {
      return this.#discard(evaluator, (error as Error).message);
    }
    if (this.#isRetired) return this.#discard(evaluator, OTHER_BUNDLE);
    if (!this.#all.has(evaluator)) return;
    this.#events.ready(id);
    this.#rest(evaluator);
  }

  /** Takes an evaluator for one decision, if one is idle. It has to be given to `decide` or `giveBack`. */
  take(): Evaluator | undefined {
    const evaluator = this.#idle.pop();
    if (evaluator !== undefined) evaluator.state = "busy";
    return evaluator;
  }

  /** Gives back an evaluator that was not needed. */
  giveBack(evaluator: Evaluator): void {
    if (this.#isRetired) this.#discard(evaluator, OTHER_BUNDLE);
    else this.#rest(evaluator);
  }

  /**
   * Has an evaluator decide, and gives it back.
   *
   * @throws {RequestError} where it is gone before it has decided.
   */
  async decide(evaluator: Evaluator, work: (remote: RemotePolicies) => Promise<DecidedRequest>): Promise<Answer> {
    evaluator.left -= 1;
    let reason: string | undefined = "its decision was given up";
    try {
      const { answer, isFinished } = await Promise.race([work(evaluator.remote), whenGone(evaluator.remote)]);
      if (isFinished) reason = this.#whyUsed(evaluator);
      return answer;
    } finally {
      if (reason === undefined) this.giveBack(evaluator);
      else this.#discard(evaluator, reason);
    }
  }

  /** Lets them end what they began, and then end. */
  retire(): void {
    this.#isRetired = true;
    for (const evaluator of [...this.#idle]) this.#discard(evaluator, OTHER_BUNDLE);
  }

  async #warmUp(evaluator: Evaluator): Promise<void> {
    evaluator.state = "warming up";
    const { remote } = evaluator;
    const isDone = await Promise.race([warmUp(this.ground, remote), remote.gone.then(() => false)]);
    if (!isDone) throw new Error("its policies did not come through typical documents");
  }

  #whyUsed({ remote, left }: Evaluator): string | undefined {
    if (remote.isSpent) return "a policy was stopped in it";
    return left > 0 ? undefined : "it has done its decisions";
  }

  #rest(evaluator: Evaluator): void {
    if (!this.#all.has(evaluator)) return;
    evaluator.state = "idle";
    this.#idle.push(evaluator);
    this.#events.idle();
  }

  #discard(evaluator: Evaluator, reason: string): void {
    if (!this.#all.delete(evaluator)) return;
    const place = this.#idle.indexOf(evaluator);
    if (place >= 0) this.#idle.splice(place, 1);
    this.#events.used(evaluator.id, reason, evaluator.state === "warming up");
  }
}

const OTHER_BUNDLE = "another bundle is in force";

async function whenGone(remote: RemotePolicies): Promise<never> {
  const reason = await remote.gone;
  throw new RequestError(`the evaluator is gone: ${reason}`);
}
