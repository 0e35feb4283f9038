import type { Socket } from "node:net";
import type { Bundle } from "../bundle/bundle.ts";
import { AnonymousFile } from "../sandbox/anonymous-file.ts";
import { warmDataLimit } from "../sandbox/warm-data.ts";
import { Backoff } from "./backoff.ts";
import { type EvaluatorFiles, type EvaluatorProcess, startEvaluator } from "./evaluator-process.ts";

/** After how many failures in a row it is said. */
const SAID_FAILURES = 3;

/** What a bundle's evaluators need, and whom they tell. */
export interface GenerationOptions {
  /** How many evaluators there are. */
  readonly count: number;
  readonly skippedLayers: readonly string[];
  /** Gives an evaluator a number of its own. */
  readonly nextId: () => number;
  /** Hands an evaluator to the listener. */
  readonly hand: (id: number, channel: Socket, isWarmedUp: boolean) => void;
  /** Told why no evaluator comes to be ready. */
  readonly onTrouble: (reason: string) => void;
  /** Told why another took an evaluator's place. */
  readonly onReplaced: (reason: string) => void;
}

/** One bundle and its evaluators: as many as there should be, each replaced when it ends. */
export class Generation {
  readonly number: number;
  readonly bundle: Bundle;
  readonly #options: GenerationOptions;
  readonly #code: AnonymousFile;
  readonly #manifest: AnonymousFile;
  readonly #evaluators = new Map<number, EvaluatorProcess>();
  readonly #ready = new Set<number>();
  readonly #delayed = new Set<NodeJS.Timeout>();
  readonly #backoff = new Backoff();
  #isWarmedUp = true;
  /** Whether none is replaced any more. */
  #isOver = false;
  #closed: Promise<void> | undefined;

  /** @param number Counts the bundles of a supervisor. */
  constructor(number: number, bundle: Bundle, options: GenerationOptions) {
    this.number = number;
    this.bundle = bundle;
    this.#options = options;
    this.#code = new AnonymousFile(bundle.code);
    this.#manifest = new AnonymousFile(Buffer.from(bundle.manifestText));
  }

  get areAllReady(): boolean {
    return this.#ready.size >= this.#options.count;
  }

  get pids(): readonly number[] {
    return [...this.#evaluators.values()].flatMap(({ process: { pid } }) => pid ?? []);
  }

  has(id: number): boolean {
    return this.#evaluators.has(id);
  }

  /** Starts all of its evaluators; those that there are end before. */
  start(): void {
    this.#end();
    for (let count = 0; count < this.#options.count; count += 1) this.#startOne();
  }

  /** Lets an evaluator begin whose channel the listener has. */
  go(id: number): void {
    this.#evaluators.get(id)?.go();
  }

  /** An evaluator can decide. */
  setReady(id: number): void {
    if (!this.#evaluators.has(id)) return;
    this.#backoff.succeeded();
    this.#ready.add(id);
  }

  /** Ends an evaluator, and has another take its place. */
  replace(id: number, reason: string, wasWarmingUp: boolean): void {
    const evaluator = this.#evaluators.get(id);
    if (evaluator === undefined) return;
    this.#evaluators.delete(id);
    evaluator.process.kill("SIGKILL");
    if (this.#isOver) return;
    if (this.#ready.delete(id)) this.#options.onReplaced(reason);
    // policies that do such things at once would else never be ready
    else if (wasWarmingUp) this.#isWarmedUp = false;
    else this.#failed(reason);
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      this.#startOne();
    }, this.#backoff.delay);
    this.#delayed.add(timer);
  }

  /** Lets its evaluators end what they began, within so many milliseconds, and ends all of it. */
  async drain(patience: number): Promise<void> {
    this.#isOver = true;
    const ended = Promise.all([...this.#evaluators.values()].map((each) => each.ended));
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, patience);
    await Promise.race([ended, late.promise]);
    clearTimeout(timer);
    await this.close();
  }

  /** Ends all of it. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#isOver = true;
    const ended = [...this.#evaluators.values()].map((each) => each.ended);
    this.#end();
    await Promise.all(ended);
    this.#code[Symbol.dispose]();
    this.#manifest[Symbol.dispose]();
  }

  #end(): void {
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#delayed.clear();
    for (const { process } of this.#evaluators.values()) process.kill("SIGKILL");
    this.#evaluators.clear();
    this.#ready.clear();
  }

  #failed(reason: string): void {
    this.#backoff.failed();
    // that it was warming up may not have been heard of
    if (this.#backoff.failures > 1) this.#isWarmedUp = false;
    if (this.#backoff.failures === SAID_FAILURES) this.#options.onTrouble(reason);
  }

  #startOne(): void {
    if (this.#isOver) return;
    const id = this.#options.nextId();
    const evaluator = startEvaluator(this.#files);
    this.#evaluators.set(id, evaluator);
    void evaluator.ended.then((how) => this.replace(id, how, false));
    this.#options.hand(id, evaluator.channel, this.#isWarmedUp);
  }

  get #files(): EvaluatorFiles {
    const data = warmDataLimit(this.bundle.manifest);
    const { skippedLayers } = this.#options;
    return { code: this.#code.descriptor, manifest: this.#manifest.descriptor, data, skippedLayers };
  }
}
