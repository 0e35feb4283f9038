/** One call of V8's own code goes on, which only the process's end stops. */
const STUCK = "nothing but the end of the process stops it";

/**
 * The attempts that the warm evaluator may leave undecided, by `group/name`, so that a process of the call's own decides:
 * they hang the evaluator's process, and why.
 */
export const GOES_COLD: Readonly<Record<string, string>> = {
  "loop/bigint-power": STUCK,
  "loop/bigint-text": STUCK,
  "loop/index-of": STUCK,
  "loop/json-text": STUCK,
  "loop/replace-all": STUCK,
  "loop/reverse": STUCK,
  "loop/sort-sparse": STUCK,
};

/** The groups whose attempts are made to end or to choke the process: any of them may, so that it leaves them undecided. */
export const ENDS_PROCESS: readonly string[] = ["crash", "exhaust"];

/**
 * The attempts whose words and findings depend on chance: on how many frames the stack has room for, which is a little more
 * or less in each process, or on whether memory runs out in V8's heap or in the process first. Only the status and what
 * every attempt must keep to is compared.
 */
export const BY_CHANCE: readonly string[] = ["crash/overflow-around-every-deny", "exhaust/json-of-shared-parts"];
