import type { Duplex } from "node:stream";
import type { ManifestPolicy } from "../bundle/manifest.ts";
import { type Engine, watches } from "../engine/engine.ts";
import { sharesInput } from "../engine/policy-inputs.ts";
import type { Invocation } from "../hook/invocation.ts";
import { frameOf } from "./frame.ts";
import { FrameReader } from "./frame-reader.ts";
import type { OpenBundle } from "./open-bundle.ts";
import { readWarmAnswer, type TimedResult } from "./read-warm-answer.ts";
import { type CheckInput, type GuestFunction, readGuest, textOfInput } from "./run-guest.ts";
import { CHECK, runOf } from "./run-policy.ts";
import { REWRITE, rewriteRunOf } from "./run-rewrite.ts";
import { BEAT, READY, type WarmAnswer, type WarmAsk } from "./warm-call.ts";

/** Where one decision's time went in its evaluator, in milliseconds. */
export type WarmDurations = Pick<WarmAnswer, "contextsMs" | "policiesMs">;

/** What {@link RemotePolicies.decision} gives. */
export interface RemoteDecision extends Pick<Engine, "run" | "rewrite"> {
  /** What the evaluator said of its time so far. */
  readonly durations: WarmDurations;
}

/** What policies' calls came to, by their names. */
type Results = Promise<ReadonlyMap<string, TimedResult>>;

/** The listener's side of one warm evaluator, which is asked for one decision at a time. */
export class RemotePolicies {
  /** Resolves when the evaluator can be asked; rejects where the channel ends first. */
  readonly ready: Promise<void>;
  /** Resolves with a reason when the channel ended or spoke nonsense: nothing that was asked is answered then. */
  readonly gone: Promise<string>;
  readonly #channel: Duplex;
  readonly #bundle: OpenBundle;
  readonly #frames = new FrameReader();
  readonly #ready = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<string>();
  #waiting: ((texts: readonly string[]) => void) | undefined;
  #onBeat: (() => void) | undefined;
  #isGone = false;
  #decisions = 0;
  #isSpent = false;

  /** @param channel A stream of bytes to the evaluator and from it. */
  constructor(channel: Duplex, bundle: OpenBundle) {
    this.#channel = channel;
    this.#bundle = bundle;
    this.ready = this.#ready.promise;
    this.gone = this.#gone.promise;
    // who waits for neither is told by the other
    this.ready.catch(() => {});
    this.#waiting = ([word]) => (word === READY ? this.#ready.resolve() : this.#end("it did not say that it is ready"));
    channel.on("data", (piece: Buffer) => this.#take(piece));
    channel.on("error", (error) => this.#end(error.message));
    channel.on("end", () => this.#end("it ended"));
    channel.on("close", () => this.#end("it ended"));
  }

  /** How many decisions it was asked for. */
  get decisions(): number {
    return this.#decisions;
  }

  /** Whether something happened to the evaluator after which another has to take its place. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /**
   * What an engine needs to have policies judge one invocation. All policies that get the same input are run when the
   * first of them is asked for. Where the evaluator is gone, none of it ever settles.
   *
   * @param onBeat Called each time that the evaluator shows that it goes on, while policies take long.
   */
  decision(invocation: Invocation, onBeat: () => void = () => {}): RemoteDecision {
    this.#decisions += 1;
    this.#onBeat = onBeat;
    const durations = { contextsMs: 0, policiesMs: 0 };
    const asked = new Map<CheckInput, Map<string, Results>>();
    const resultOf = async (
      { command }: GuestFunction<unknown>,
      policy: ManifestPolicy,
      input: CheckInput,
    ): Promise<TimedResult> => {
      const known = asked.get(input) ?? new Map<string, Results>();
      asked.set(input, known);
      const key = (name: string): string => `${command} ${name}`;
      if (!known.has(key(policy.name))) {
        const isBeside = (each: ManifestPolicy): boolean =>
          watches(each, invocation) && sharesInput(each, policy) && (command === "check" || each.rewrites);
        const beside = this.#bundle.manifest.policies.filter((each) => each === policy || isBeside(each));
        const results = this.#ask(command, beside, input, durations);
        for (const { name } of beside) known.set(key(name), results);
      }
      const result = (await known.get(key(policy.name)))?.get(policy.name);
      if (result === undefined) throw new Error(`Cannot run policy ${policy.name}: the evaluator was not asked`);
      return result;
    };
    return {
      durations,
      run: async (policy, input, limits) => {
        const { result, ms } = await resultOf(CHECK, policy, input);
        return { ...runOf(readGuest(CHECK, result, policy, this.#bundle, limits)), ms };
      },
      rewrite: async (policy, input, limits) => {
        const { result, ms } = await resultOf(REWRITE, policy, input);
        return { ...rewriteRunOf(readGuest(REWRITE, result, policy, this.#bundle, limits)), ms };
      },
    };
  }

  async #ask(
    command: WarmAsk["command"],
    policies: readonly ManifestPolicy[],
    input: CheckInput,
    durations: { -readonly [K in keyof WarmDurations]: number },
  ): Results {
    const places = policies.map((policy) => this.#bundle.manifest.policies.indexOf(policy));
    const { text, head } = textOfInput(input);
    const ask: WarmAsk = { command, policies: places, head };
    const texts = await this.#exchange([JSON.stringify(ask), text]);
    const answer = readWarmAnswer(texts, policies.length);
    if (answer === undefined) {
      this.#end("its answer is none");
      return new Promise(() => {});
    }
    this.#isSpent ||= answer.isSpent;
    durations.contextsMs += answer.contextsMs;
    durations.policiesMs += answer.policiesMs;
    return new Map(answer.results.map((result, index) => [policies[index]?.name ?? "", result]));
  }

  #exchange(texts: readonly string[]): Promise<readonly string[]> {
    const { promise, resolve } = Promise.withResolvers<readonly string[]>();
    if (this.#isGone) return promise;
    try {
      this.#channel.write(frameOf(texts));
      this.#waiting = resolve;
    } catch (error) {
      this.#end((error as Error).message);
    }
    return promise;
  }

  #take(piece: Buffer): void {
    if (this.#isGone) return;
    try {
      for (const texts of this.#frames.take(piece)) {
        const waiting = this.#waiting;
        if (waiting === undefined) throw new Error("it spoke without being asked");
        if (texts.length === 1 && texts[0] === BEAT && this.#onBeat !== undefined) {
          this.#onBeat();
          continue;
        }
        this.#waiting = undefined;
        waiting(texts);
      }
    } catch (error) {
      this.#end((error as Error).message);
    }
  }

  #end(reason: string): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#isSpent = true;
    this.#ready.reject(new Error(`Cannot ask the evaluator: ${reason}`));
    this.#gone.resolve(reason);
    this.#channel.destroy();
  }
}
