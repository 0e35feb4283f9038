import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Bundle } from "../bundle/bundle.ts";
import type { Decision } from "../engine/decision.ts";
import { evaluateDocument, needsGuests } from "../sandbox/evaluate.ts";
import { loggedDecision } from "../sandbox/logged-decision.ts";
import { readRecord } from "../sandbox/read-record.ts";
import { spoolFolder } from "../sandbox/spool-folder.ts";
import { ask } from "../service/ask.ts";
import { type Service, startService } from "../service/start-service.ts";
import { AtOnce } from "./at-once.ts";
import { beforeSignals } from "./before-signals.ts";
import { guestsText } from "./guests-text.ts";

/** How many documents a processor has at once: one that is decided, and others that are read or sent meanwhile. */
const PER_PROCESSOR = 4;

/** Decides documents at rest by a warm evaluator that nobody else can ask; what that cannot decide, as `eval` does. */
export class Decider implements AsyncDisposable {
  /** How many documents to ask about at once. */
  readonly atOnce: number = PER_PROCESSOR * availableParallelism();

  readonly #bundle: Bundle;
  readonly #folder = mkdtempSync(join(spoolFolder(), "virt-warden-"));
  readonly #cold = new AtOnce(availableParallelism());
  readonly #takeBack = beforeSignals(() => this.#removeFolder());
  #service: Service | undefined;
  #guests: Promise<string | undefined> | undefined;

  private constructor(bundle: Bundle) {
    this.#bundle = bundle;
  }

  /**
   * Starts the warm evaluator, and waits until it is ready.
   *
   * @param onTrouble is told where it does not start; each document then has a process of its own.
   */
  static async start(bundle: Bundle, onTrouble: (reason: string) => void): Promise<Decider> {
    const decider = new Decider(bundle);
    try {
      await decider.#start();
    } catch (error) {
      onTrouble(`the warm evaluator did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
    return decider;
  }

  /**
   * Decides a document.
   *
   * @param words HOOK OBJECT OPERATION SUBOPERATION EXTRA; an empty OBJECT stands for the document's own name.
   */
  async decide(words: readonly string[], document: Uint8Array): Promise<Decision> {
    return (
      (await this.#askWarm(words, document)) ?? this.#cold.run(() => evaluateDocument(this.#bundle, words, document))
    );
  }

  async #start(): Promise<void> {
    const socket = join(this.#folder, "admit.sock");
    const service = await startService({ bundle: this.#bundle, socket, evaluators: availableParallelism() });
    this.#service = service;
    try {
      await service.ready;
    } catch (error) {
      this.#service = undefined;
      await service.stop();
      throw error;
    }
  }

  /** @returns undefined where the warm evaluator gives no decision, for whatever reason. */
  async #askWarm(words: readonly string[], document: Uint8Array): Promise<Decision | undefined> {
    if (this.#service === undefined) return undefined;
    const areNeeded = needsGuests(this.#bundle, words);
    const guests = areNeeded ? await this.#runningGuests() : undefined;
    if (areNeeded && guests === undefined) return undefined;
    try {
      const { digest, manifest } = this.#bundle;
      // half of it at most is waited for a turn; a decision has its deadline on its own
      const left = 2 * PER_PROCESSOR * Math.ceil(manifest.limits.deadline / 10);
      const request = { words, digest, document, left, ...(guests === undefined ? {} : { guests }) };
      const answer = await ask(this.#service.socket, request);
      if ("undecided" in answer) return undefined;
      return loggedDecision(readRecord(`${answer.record}ended 0\n`, "")).decision;
    } catch {
      return undefined;
    }
  }

  /** The guests that run, as they were when the first document asked. */
  #runningGuests(): Promise<string | undefined> {
    this.#guests ??= guestsText();
    return this.#guests;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service?.stop();
    this.#removeFolder();
    this.#takeBack();
  }

  /** The service's processes end with this one, whatever ends it. */
  #removeFolder(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
