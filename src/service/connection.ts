import type { Socket } from "node:net";
import { now } from "../now.ts";
import { answerLines } from "../sandbox/compose-record.ts";
import { RECORD_START } from "../sandbox/record.ts";
import type { Decisions } from "./decisions.ts";
import { type Request, RequestReader } from "./request.ts";
import { RequestError } from "./request-error.ts";

/** How long a request may take to come, in milliseconds. */
const MAX_ARRIVAL = 5000;

/** How often whoever waits is told to go on waiting, in milliseconds. */
const HEARTBEAT = 500;

/** How long an answer may take to be fetched, in milliseconds, and how long a refusal to answer. */
const MAX_FETCH = 5000;
const MAX_FETCH_OF_NONE = 500;

/** In characters. */
const MAX_REASON = 200;

/** One who asks. */
export class Connection {
  /** Resolves when it is over. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #decisions: Decisions;
  readonly #reader = new RequestReader();
  readonly #cameAt = now();
  readonly #arrival: NodeJS.Timeout;
  #isAnswering = false;

  constructor(socket: Socket, decisions: Decisions) {
    this.#socket = socket;
    this.#decisions = decisions;
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    this.#arrival = setTimeout(() => this.giveUp("the request did not come in time"), MAX_ARRIVAL);
    socket.on("data", (piece: Buffer) => this.#take(piece));
    socket.on("end", () => this.giveUp("half a request came"));
    // whoever asked is gone, and decides itself
    socket.on("error", () => {});
    socket.once("close", () => clearTimeout(this.#arrival));
  }

  /** Whether its request is still to come. */
  get isReading(): boolean {
    return !this.#isAnswering;
  }

  /** How many bytes it holds. */
  get bytes(): number {
    return this.#socket.destroyed ? 0 : this.#reader.length;
  }

  /** Ends a connection whose request is still to come. */
  giveUp(reason: string): void {
    if (this.#isAnswering) return;
    this.#isAnswering = true;
    this.#say(`undecided ${reason}\n`, MAX_FETCH_OF_NONE);
  }

  /** Ends a connection at once. */
  drop(): void {
    this.#isAnswering = true;
    this.#socket.destroy();
  }

  #take(piece: Buffer): void {
    if (this.#isAnswering) return;
    try {
      const request = this.#reader.take(piece);
      if (request === undefined) return;
      this.#isAnswering = true;
      void this.#answer(request);
    } catch (error) {
      this.giveUp(reasonOf(error));
    }
  }

  async #answer(request: Request): Promise<void> {
    clearTimeout(this.#arrival);
    const heartbeat = setInterval(() => this.#socket.write("wait\n"), HEARTBEAT);
    try {
      const answer = await this.#decisions.decide(request, this.#cameAt, () => this.#socket.writable);
      this.#say(`${[RECORD_START, ...answerLines(answer)].join("\n")}\n`);
    } catch (error) {
      this.#say(`undecided ${reasonOf(error)}\n`);
    } finally {
      clearInterval(heartbeat);
    }
  }

  #say(text: string, time = MAX_FETCH): void {
    // what still comes is read, since to close before would take the answer away as well
    this.#socket.end(text);
    const patience = setTimeout(() => this.#socket.destroy(), time);
    this.#socket.once("close", () => clearTimeout(patience));
  }
}

/** One line of printable ASCII. A fault of ours is none of the asker's. */
function reasonOf(error: unknown): string {
  if (!(error instanceof RequestError)) return "the service failed";
  return error.message.replaceAll(/[^ -~]/g, "?").slice(0, MAX_REASON);
}
