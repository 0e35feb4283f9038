/** What no heap counts fills the process until it ends. */
const MEMORY = "memory outside of the isolate's heap runs out";

/** One call of V8's own code goes on, which only the process's end stops. */
const STUCK = "nothing but the end of the process stops it";

/** V8's own calls nest deeper than the process's stack, which is a little more or less in each. */
const STACK = "the process's stack may run out";

/**
 * The attempts that the warm evaluator may leave undecided, by `group/name`, so that a process of the call's own decides:
 * they end the evaluator's process, or hang it, and why.
 */
export const GOES_COLD: Readonly<Record<string, string>> = {
  "crash/deep-json-text": MEMORY,
  "crash/deep-prototypes": MEMORY,
  "crash/deep-regular-expression": STACK,
  "exhaust/collators": MEMORY,
  "exhaust/date-formats": MEMORY,
  "exhaust/json-of-shared-parts": STUCK,
  "exhaust/number-formats": MEMORY,
  "exhaust/one-array": STUCK,
  "exhaust/one-string": STUCK,
  "exhaust/weak-map": STUCK,
  "loop/bigint-power": STUCK,
  "loop/bigint-text": STUCK,
  "loop/index-of": STUCK,
  "loop/json-text": STUCK,
  "loop/replace-all": STUCK,
  "loop/reverse": STUCK,
  "loop/sort-sparse": STUCK,
};

/**
 * The attempts whose words and findings depend on chance: on how many frames the stack has room for, which is a little more
 * or less in each process, or on whether memory runs out in V8's heap or in the process first. Only the status and what
 * every attempt must keep to is compared.
 */
export const BY_CHANCE: readonly string[] = ["crash/overflow-around-every-deny", "exhaust/json-of-shared-parts"];
