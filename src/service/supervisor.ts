import { availableParallelism } from "node:os";
import type { Bundle } from "../bundle/bundle.ts";
import { printable } from "../hook/printable.ts";
import type { BundleSource } from "./bundle-source.ts";
import { Generation } from "./generation.ts";
import { Generations } from "./generations.ts";
import { ListenerProcess } from "./listener-process.ts";
import type { FromListener } from "./messages.ts";
import type { ServiceState } from "./state-file.ts";

/** How many decisions an evaluator makes. */
const DECISIONS = 1000;

/** What a supervisor is told at its start, see `ServiceOptions`. */
export interface SupervisorOptions {
  readonly socket: string;
  readonly descriptor: number;
  /** A listening socket for metrics. */
  readonly metrics?: number | undefined;
  readonly skippedLayers: readonly string[];
  readonly evaluators?: number;
  readonly decisions?: number;
  readonly say?: (line: string) => void;
}

/** Keeps the service's processes: starts, replaces and ends them, and has them serve the bundle that is there. */
export class Supervisor {
  readonly ready: Promise<void>;
  readonly #ready = Promise.withResolvers<void>();
  readonly #source: BundleSource | undefined;
  readonly #options: SupervisorOptions;
  readonly #onState: (state: ServiceState) => void;
  readonly #listener: ListenerProcess;
  readonly #count: number;
  readonly #generations: Generations;
  #ids = 0;
  /** The one that was last said to be ready. */
  #said: Generation | undefined;
  /** What is wrong with the bundle that is there, and what with evaluators. */
  readonly #problems = new Map<"bundle" | "evaluators", string>();
  #isPaused = false;
  #looking: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  constructor(
    bundle: Bundle,
    source: BundleSource | undefined,
    options: SupervisorOptions,
    onState: (state: ServiceState) => void,
  ) {
    this.ready = this.#ready.promise;
    // nobody has to wait for it
    this.ready.catch(() => {});
    this.#source = source;
    this.#options = options;
    this.#onState = onState;
    this.#count = options.evaluators ?? Math.min(8, Math.max(2, availableParallelism()));
    this.#listener = new ListenerProcess(options.descriptor, options.metrics, options.skippedLayers, {
      started: () => {
        this.#listener.send({ type: "pause", isPaused: this.#isPaused });
        this.#generations.announce();
      },
      message: (message) => this.#hear(message),
      ended: (how) => {
        this.#say(`the listener is started again: ${how}`);
        this.#changed();
      },
    });
    this.#generations = new Generations({
      make: (number, each) => this.#generation(number, each),
      announce: (generation) => this.#announce(generation),
      drop: ({ number }) => this.#listener.send({ type: "drop", generation: number }),
    });
    this.#listener.start();
    this.#generations.use(bundle);
    this.#pause(source?.isInBreakGlass() === true);
    this.#changed();
    source?.watch(() => void this.look());
  }

  get state(): ServiceState {
    const { inForce, since } = this.#generations;
    return {
      pid: process.pid,
      ready: inForce !== undefined && this.#listener.pid !== undefined,
      ...(inForce && { digest: inForce.bundle.digest }),
      ...(since && { since: since.toISOString() }),
      ...(this.#problems.size === 0 ? {} : { problem: [...this.#problems.values()].join("; ") }),
    };
  }

  get listenerPid(): number | undefined {
    return this.#listener.pid;
  }

  get evaluatorPids(): readonly number[] {
    return this.#generations.pids;
  }

  /** Looks whether there is another bundle, and if so starts to have it decide. */
  look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((error: Error) => this.#found("bundle", error.message));
    return this.#looking;
  }

  /** Takes no more requests, ends those that it has within their deadline, and ends all processes. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#source?.close();
    this.#ready.reject(new Error("the service was stopped before it was ready"));
    await this.#listener.stop(this.#generations.patience);
    await this.#looking;
    await this.#generations.close();
  }

  async #look(): Promise<void> {
    if (this.#source === undefined || this.#stopped !== undefined) return;
    this.#pause(this.#source.isInBreakGlass());
    const look = await this.#source.look();
    if (this.#stopped !== undefined) return;
    if ("bundle" in look) {
      this.#found("bundle", undefined);
      return this.#generations.use(look.bundle);
    }
    const { inForce } = this.#generations;
    const kept = inForce === undefined ? "" : `; ${short(inForce.bundle)} stays in force`;
    this.#found("bundle", `the bundle that is there cannot be used${kept}: ${look.problem.message.split("\n", 1)[0]}`);
  }

  /** While break-glass is in force, whoever asks decides itself. */
  #pause(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#listener.send({ type: "pause", isPaused });
    this.#say(isPaused ? "break-glass is in force: no decisions are made here" : "break-glass is over");
  }

  /** Notes what is wrong, and says it once. */
  #found(where: "bundle" | "evaluators", problem: string | undefined): void {
    if (problem === this.#problems.get(where)) return;
    if (problem === undefined) this.#problems.delete(where);
    else {
      this.#problems.set(where, problem);
      this.#say(problem);
    }
    this.#changed();
  }

  #generation(number: number, bundle: Bundle): Generation {
    return new Generation(number, bundle, {
      count: this.#count,
      skippedLayers: this.#options.skippedLayers,
      nextId: () => {
        this.#ids += 1;
        return this.#ids;
      },
      hand: (id, channel, isWarmedUp) =>
        this.#listener.send({ type: "evaluator", id, generation: number, isWarmedUp }, channel),
      onTrouble: (reason) => {
        this.#found("evaluators", `evaluators of bundle ${short(bundle)} end before they are ready: ${reason}`);
        this.#ready.reject(new Error(`evaluators end before they are ready: ${reason}`));
      },
      onReplaced: (reason) => this.#say(`an evaluator is replaced: ${reason}`),
    });
  }

  #announce(generation: Generation): void {
    const { digest, manifestText, code } = generation.bundle;
    this.#listener.send({
      type: "bundle",
      generation: generation.number,
      digest,
      manifestText,
      code: Buffer.from(code).toString("base64"),
      skippedLayers: this.#options.skippedLayers,
      decisions: this.#options.decisions ?? DECISIONS,
    });
    generation.start();
  }

  #hear(message: FromListener): void {
    const holder = (id: number): Generation | undefined => this.#generations.holder(id);
    if (message.type === "taken") holder(message.id)?.go(message.id);
    else if (message.type === "ready") this.#isReady(message.id);
    else if (message.type === "used") holder(message.id)?.replace(message.id, message.reason, message.wasWarmingUp);
    else if (message.type === "look") void this.#answerLook(message.digest);
    else if (message.type === "serving") {
      // a bundle that was given up just then: the listener would wait for its evaluators for ever
      if (!this.#generations.serve(message.generation)) this.#listener.replace();
      this.#changed();
    }
  }

  #isReady(id: number): void {
    const generation = this.#generations.holder(id);
    generation?.setReady(id);
    if (generation?.areAllReady !== true) return;
    this.#found("evaluators", undefined);
    if (this.#said === generation) return;
    this.#said = generation;
    const what = `${this.#count} ${this.#count === 1 ? "evaluator" : "evaluators"} ready`;
    this.#say(`serving bundle ${short(generation.bundle)} on ${this.#options.socket}; ${what}`);
    this.#ready.resolve();
  }

  async #answerLook(digest: string): Promise<void> {
    await this.look();
    this.#listener.send({ type: "looked", digest, isLoading: this.#generations.next !== undefined });
  }

  #changed(): void {
    if (this.#stopped === undefined) this.#onState(this.state);
  }

  #say(what: string): void {
    this.#options.say?.(`virt-warden: ${printable(what)}`);
  }
}

/** A bundle as people tell it from others. */
function short({ digest }: Bundle): string {
  return digest.slice(0, 12);
}
