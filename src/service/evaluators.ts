import type { Duplex } from "node:stream";
import type { Answer } from "../engine/decide.ts";
import type { Sharing } from "../sandbox/remote-decision.ts";
import { RemotePolicies } from "../sandbox/remote-policies.ts";
import type { DecidedRequest, Ground } from "./decide-request.ts";
import { Turn } from "./turn.ts";
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

/** How long a processor is left to whoever got an answer, in milliseconds, before the next one is made ready. */
const REST = 10;

/** A process that runs policies. */
export interface Evaluator {
  readonly id: number;
  readonly remote: RemotePolicies;
  state: "starting" | "warming up" | "idle" | "busy";
  /** How many decisions it has left. */
  left: number;
  /** When it is told to make ready what the next one needs. */
  preparing?: NodeJS.Timeout;
}

/** The evaluators of one bundle. Each makes one decision at a time. */
export class Evaluators {
  readonly ground: Ground;
  readonly #readers: Promise<void>;
  readonly #limit: number;
  readonly #events: EvaluatorEvents;
  readonly #all = new Set<Evaluator>();
  /** The last is one that was used last: its memory is the warmest. */
  readonly #idle: Evaluator[] = [];
  #isRetired = false;

  /**
   * @param readers Resolves when documents are read as quickly as they will be: no evaluator is ready before.
   * @param limit After how many decisions an evaluator is replaced at the latest.
   */
  constructor(ground: Ground, readers: Promise<void>, limit: number, events: EvaluatorEvents) {
    this.ground = ground;
    this.#readers = readers;
    this.#limit = limit;
    this.#events = events;
  }

  /** Whether any can decide, now or after others. */
  get areReady(): boolean {
    return this.readyCount > 0;
  }

  /** How many can decide, now or after others. */
  get readyCount(): number {
    return [...this.#all].filter(({ state }) => state === "idle" || state === "busy").length;
  }

  /** Takes an evaluator in, and has it ready when it is. */
  async add(id: number, channel: Duplex, isWarmedUp: boolean): Promise<void> {
    const remote = new RemotePolicies(channel, this.ground.bundle);
    const evaluator: Evaluator = { id, remote, state: "starting", left: this.#limit - this.#early(id) };
    this.#all.add(evaluator);
    void remote.gone.then((reason) => this.#discard(evaluator, reason));
    try {
      await Promise.all([remote.ready, this.#readers]);
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
    if (evaluator === undefined) return undefined;
    evaluator.state = "busy";
    // while the document is read
    if (evaluator.preparing !== undefined) this.#prepare(evaluator);
    return evaluator;
  }

  /** Gives back an evaluator that was not needed. */
  giveBack(evaluator: Evaluator): void {
    if (this.#isRetired) this.#discard(evaluator, OTHER_BUNDLE);
    else this.#rest(evaluator);
  }

  /**
   * Has an evaluator decide, with others that are idle where there are many policies, and gives them back.
   *
   * @throws {RequestError} where one is gone before it has decided.
   */
  async decide(evaluator: Evaluator, work: (sharing: Sharing) => Promise<DecidedRequest>): Promise<Answer> {
    // where none is idle, the next decision may wait for this one's
    const hasSpare = this.#idle.length > 0;
    const begin = (taken: Evaluator | undefined): Evaluator | undefined => {
      if (taken === undefined) return undefined;
      taken.left -= 1;
      taken.remote.preparesAtOnce = !hasSpare;
      return taken;
    };
    begin(evaluator);
    const turn = new Turn(evaluator, () => begin(this.take()));
    try {
      const { answer } = await Promise.race([work((policies) => turn.sharing(policies)), turn.gone]);
      return answer;
    } finally {
      turn.end();
      for (const each of turn.taken) {
        if (hasSpare) each.preparing = setTimeout(() => this.#prepare(each), REST);
        const reason = this.#whyUsed(each);
        if (reason === undefined) this.giveBack(each);
        else this.#discard(each, reason);
      }
    }
  }

  /** Lets them end what they began, and then end. */
  retire(): void {
    this.#isRetired = true;
    for (const evaluator of [...this.#idle]) this.#discard(evaluator, OTHER_BUNDLE);
  }

  /** How many decisions earlier than others it is replaced: those that share all decisions would else go together. */
  #early(id: number): number {
    return (id % 8) * Math.floor(this.#limit / 16);
  }

  #prepare(evaluator: Evaluator): void {
    clearTimeout(evaluator.preparing);
    delete evaluator.preparing;
    evaluator.remote.prepare();
  }

  async #warmUp(evaluator: Evaluator): Promise<void> {
    evaluator.state = "warming up";
    const { remote } = evaluator;
    const isDone = await Promise.race([warmUp(this.ground, remote), remote.gone.then(() => false)]);
    if (!isDone) throw new Error("its policies did not come through typical documents");
    remote.prepare();
  }

  #whyUsed({ remote, left }: Evaluator): string | undefined {
    if (remote.isWorking) return "its decision was given up";
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
    clearTimeout(evaluator.preparing);
    if (!this.#all.delete(evaluator)) return;
    const place = this.#idle.indexOf(evaluator);
    if (place >= 0) this.#idle.splice(place, 1);
    this.#events.used(evaluator.id, reason, evaluator.state === "warming up");
  }
}

const OTHER_BUNDLE = "another bundle is in force";
