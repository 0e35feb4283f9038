import type { Socket } from "node:net";
import { Backoff } from "./backoff.ts";
import { type Child, startChild } from "./child.ts";
import type { FromListener, ToListener } from "./messages.ts";
import { readMessage } from "./read-message.ts";

/** How long a listener has to run for its end to be nothing that goes on, in milliseconds. */
const SETTLED = 10_000;

/** Whom a listener tells, and of what. */
export interface ListenerEvents {
  /** A listener was started, to which nothing is known yet. */
  readonly started: () => void;
  readonly message: (message: FromListener) => void;
  /** It ended by itself; another one is started soon. */
  readonly ended: (how: string) => void;
}

/** The listener: its process, and the next one when that ends. */
export class ListenerProcess {
  readonly #words: readonly string[];
  readonly #descriptors: readonly number[];
  readonly #events: ListenerEvents;
  readonly #backoff = new Backoff();
  #child: Child | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopping = false;

  /**
   * @param descriptor The listening socket.
   * @param metrics Another one, for metrics.
   */
  constructor(
    descriptor: number,
    metrics: number | undefined,
    skippedLayers: readonly string[],
    events: ListenerEvents,
  ) {
    this.#words = [skippedLayers.join(" "), metrics === undefined ? "" : "metrics"];
    this.#descriptors = [descriptor, ...(metrics === undefined ? [] : [metrics])];
    this.#events = events;
  }

  get pid(): number | undefined {
    return this.#child?.process.pid;
  }

  start(): void {
    const child = startChild("serve-listener", this.#words, ["ignore", "ipc", ...this.#descriptors]);
    this.#child = child;
    const startedAt = performance.now();
    child.process.on("message", (message, handle) => this.#hear(child, message, handle));
    // what Node takes for its own words comes with handles as well
    child.process.on("internalMessage", (_, handle) => handle && this.#hear(child, undefined, handle));
    void child.ended.then((how) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      if (this.#isStopping) return;
      if (performance.now() - startedAt > SETTLED) this.#backoff.succeeded();
      this.#timer = setTimeout(() => this.start(), this.#backoff.delay);
      this.#backoff.failed();
      this.#events.ended(how);
    });
    this.#events.started();
  }

  /** Ends it, so that another one starts which is told all anew. */
  replace(): void {
    this.#child?.process.kill("SIGKILL");
  }

  /** Tells it something, with a socket that is its own from then on. */
  send(message: ToListener, socket?: Socket): void {
    const process = this.#child?.process;
    // one that just ended is told nothing; the next one is told all again
    if (process?.connected !== true) return void socket?.destroy();
    process.send(message, socket, {}, () => {});
  }

  /** Has it end what it began, within so many milliseconds. */
  async stop(patience: number): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === undefined) return;
    this.send({ type: "stop" });
    const timer = setTimeout(() => child.process.kill("SIGKILL"), patience);
    await child.ended;
    clearTimeout(timer);
  }

  /** It never sends a handle: one of its own listening socket would take connections here, and keep them. */
  #hear(child: Child, words: unknown, handle: unknown): void {
    const message = readMessage(words);
    if (handle !== undefined) closeHandle(handle);
    // one that ended may have left some
    if (this.#child !== child) return;
    if (message === undefined || handle !== undefined) child.process.kill("SIGKILL");
    else this.#events.message(message);
  }
}

function closeHandle(handle: unknown): void {
  const { destroy, close } = handle as { destroy?: () => void; close?: () => void };
  (destroy ?? close)?.call(handle);
}
