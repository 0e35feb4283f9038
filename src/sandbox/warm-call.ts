import type { Call, CallResult } from "./isolate.ts";

/** What a warm evaluator is told, as a frame's only text: to make ready what the next decision needs. It says nothing to it. */
export const PREPARE = "prepare";

/** What a warm evaluator is asked, as the first text of a frame; the second is the context's text, see `LazyContext`. */
export interface WarmAsk {
  readonly command: Extract<Call["command"], "check" | "rewrite">;
  /** The policies to run, by their places in the manifest, in this order. */
  readonly policies: readonly number[];
  /** How long the outline of the context's text is, in UTF-16 units. */
  readonly head: number;
}

/** How one policy's call ended; the text of its result is the frame's next one, where it has any. */
export type WarmResult = Omit<CallResult, "text"> & {
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly hasText: boolean;
};

/** What a warm evaluator answers, as the first text of a frame. */
export interface WarmAnswer {
  /** One for each policy that it was asked for, in the same order. */
  readonly results: readonly WarmResult[];
  /** How long contexts were made that were not ready, in milliseconds. */
  readonly contextsMs: number;
  /** Whether it is to be replaced: something happened after which it is not what it was. */
  readonly isSpent: boolean;
}

/** What a warm evaluator says, as a frame's only text, once it can be asked. */
export const READY = "ready";

/** What it says, as a frame's only text, while it works: another policy came to its end. */
export const BEAT = "beat";

/** How long it may work in silence before it says so, in milliseconds. */
export const BEAT_TIME = 200;
