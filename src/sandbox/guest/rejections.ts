import { describeThrown, type Thrown } from "./text.ts";

const { apply } = Reflect;
const { add, delete: remove, values } = Set.prototype;
const { next } = Object.getPrototypeOf(new Set().values()) as Iterator<Watched>;

/** Of more rejected promises that nobody handles only the number is kept. */
const MAX_KEPT = 100;

/** What is known of a promise; it does not hold the promise. */
export interface Watched {
  state: "open" | "kept" | "counted" | "handled";
  reason: unknown;
}

const kept = new Set<Watched>();
let keptCount = 0;
let counted = 0;
let isTold = false;

/** A promise was rejected. */
export function noteRejected(watched: Watched, reason: unknown): void {
  if (watched.state === "handled") return;
  if (keptCount >= MAX_KEPT) {
    watched.state = "counted";
    counted += 1;
    return;
  }
  watched.state = "kept";
  watched.reason = reason;
  keptCount += 1;
  apply(add, kept, [watched]);
}

/** Somebody asked what comes of a promise, and so is told of its rejection by a promise that is watched in turn. */
export function noteHandled(watched: Watched): void {
  if (watched.state === "counted") counted -= 1;
  if (watched.state === "kept") {
    keptCount -= 1;
    apply(remove, kept, [watched]);
  }
  watched.state = "handled";
  watched.reason = undefined;
}

/**
 * Describes the first rejection that nobody has handled, as a failure, the first time that it is asked for. Reading what
 * a promise was rejected with may run the policy's code, which may never end: who asks again gets to the rest.
 *
 * @returns undefined where there is none.
 */
export function unhandledRejection(): Thrown | undefined {
  if (isTold || keptCount + counted === 0) return undefined;
  isTold = true;
  const first: IteratorResult<Watched> = apply(next, apply(values, kept, []), []);
  if (first.done) return { message: `${counted} promises were rejected`, stack: undefined };
  const { message, stack } = describeThrown(first.value.reason, "");
  return { message: `a promise was rejected: ${message}`, stack };
}
