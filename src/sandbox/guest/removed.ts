import { BLOCKING, CODE_MAKERS, COLLECTOR, DATES, KINDS, SILENT, STACKS, UNCOUNTED } from "./removed-names.ts";

/** Parts of a policy's global scope that go for one reason. */
interface Removal {
  readonly why: string;
  /** From the global object; the four kinds of functions have no global name but one, and go by their usual ones. */
  readonly paths: readonly string[];
}

/** What is deleted; members of dates are replaced by what they inherit. The library file that policies are compiled against, `typings/globals.d.ts`, leaves out the same. */
export const REMOVALS: readonly Removal[] = [
  { why: "makes code from text", paths: CODE_MAKERS },
  { why: "holds memory that the isolate's limit does not count", paths: UNCOUNTED },
  // each call makes a calendar of ICU's: 130 MB in a second, and a second more to be stopped
  {
    why: "makes what is removed, unseen, at every call",
    paths: DATES.map((name) => `Date.prototype.${name}`),
  },
  { why: "blocks the thread", paths: BLOCKING },
  { why: "watches or delays the collector", paths: COLLECTOR },
  { why: "does nothing here: what was meant to be seen belongs in the context's log", paths: SILENT },
];

/** What is undefined for good, where a deleted one would be inherited from elsewhere or could be set again. */
export const LOCKS: readonly Removal[] = [
  {
    why: "makes code from text, and is reached from any function",
    paths: KINDS.map((name) => `${name}.prototype.constructor`),
  },
  { why: "shows the frames of the engine as objects", paths: STACKS.map((name) => `Error.${name}`) },
];

/** The paths of all that is taken away. */
export const REMOVED: readonly string[] = REMOVALS.flatMap(({ paths }) => paths);
