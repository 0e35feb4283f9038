import type { Duplex } from "node:stream";
import type { ManifestPolicy } from "../bundle/manifest.ts";
import { frameOf } from "./frame.ts";
import { FrameReader } from "./frame-reader.ts";
import type { OpenBundle } from "./open-bundle.ts";
import { readWarmAnswer, type WholeWarmAnswer } from "./read-warm-answer.ts";
import { type CheckInput, textOfInput } from "./run-guest.ts";
import { BEAT, PREPARE, READY, type WarmAsk } from "./warm-call.ts";

/** The listener's side of one warm evaluator, which is asked for one decision at a time: see `remoteDecision`. */
export class RemotePolicies {
  /** Resolves when the evaluator can be asked; rejects where the channel ends first. */
  readonly ready: Promise<void>;
  /** Resolves with a reason when the channel ended or spoke nonsense: nothing that was asked is answered then. */
  readonly gone: Promise<string>;
  /** Whether it makes ready what the next decision needs as soon as it has answered; else it is told to by `prepare`. */
  preparesAtOnce = false;
  readonly #channel: Duplex;
  readonly #bundle: OpenBundle;
  readonly #frames = new FrameReader();
  readonly #ready = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<string>();
  #waiting: ((texts: readonly string[]) => void) | undefined;
  #onBeat: (() => void) | undefined;
  #isGone = false;
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

  /** Whether something happened to the evaluator after which another has to take its place. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Whether it was asked and has not answered yet. */
  get isWorking(): boolean {
    return this.#waiting !== undefined;
  }

  /** Has it make ready what the next decision needs; without that, it does so when it is asked. */
  prepare(): void {
    if (!this.#isGone) this.#send([PREPARE]);
  }

  /**
   * Has policies called that get the same input. Where the evaluator is gone, that never settles.
   *
   * @param onBeat Called each time that the evaluator shows that it goes on, while policies take long.
   */
  async ask(
    command: WarmAsk["command"],
    policies: readonly ManifestPolicy[],
    input: CheckInput,
    onBeat: () => void,
  ): Promise<WholeWarmAnswer> {
    this.#onBeat = onBeat;
    const places = policies.map((policy) => this.#bundle.manifest.policies.indexOf(policy));
    const { text, head } = textOfInput(input);
    const ask: WarmAsk = { command, policies: places, head };
    const answered = this.#exchange([JSON.stringify(ask), text]);
    if (this.preparesAtOnce) this.prepare();
    const texts = await answered;
    const answer = readWarmAnswer(texts, policies.length);
    if (answer === undefined) {
      this.#end("its answer is none");
      return new Promise(() => {});
    }
    this.#isSpent ||= answer.isSpent;
    return answer;
  }

  #exchange(texts: readonly string[]): Promise<readonly string[]> {
    const { promise, resolve } = Promise.withResolvers<readonly string[]>();
    if (this.#isGone) return promise;
    this.#waiting = resolve;
    this.#send(texts);
    return promise;
  }

  #send(texts: readonly string[]): void {
    try {
      this.#channel.write(frameOf(texts));
    } catch (error) {
      this.#end((error as Error).message);
    }
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
