/** Parts of a policy's global scope that go for one reason. */
interface Removal {
  readonly why: string;
  /** From the global object; the four kinds of functions have no global name but one, and go by their usual ones. */
  readonly paths: readonly string[];
}

/** What is deleted. The library file that policies are compiled against, `typings/globals.d.ts`, leaves out the same. */
export const REMOVALS: readonly Removal[] = [
  { why: "makes code from text", paths: ["eval", "Function", "WebAssembly"] },
  {
    why: "holds memory that the isolate's limit does not count",
    paths: [
      "SharedArrayBuffer",
      "ArrayBuffer",
      "DataView",
      "Int8Array",
      "Uint8Array",
      "Uint8ClampedArray",
      "Int16Array",
      "Uint16Array",
      "Int32Array",
      "Uint32Array",
      "Float16Array",
      "Float32Array",
      "Float64Array",
      "BigInt64Array",
      "BigUint64Array",
      "Intl",
      "Temporal",
    ],
  },
  {
    // each call makes a calendar of ICU's: 130 MB in a second, and a second more to be stopped
    why: "makes what is removed, unseen, at every call",
    paths: [
      "Date.prototype.toLocaleString",
      "Date.prototype.toLocaleDateString",
      "Date.prototype.toLocaleTimeString",
      "Date.prototype.toTemporalInstant",
    ],
  },
  { why: "blocks the thread", paths: ["Atomics"] },
  { why: "watches or delays the collector", paths: ["FinalizationRegistry", "WeakRef"] },
  { why: "does nothing here: what was meant to be seen belongs in the context's log", paths: ["console"] },
];

/** What is undefined for good, where a deleted one would be inherited from elsewhere or could be set again. */
export const LOCKS: readonly Removal[] = [
  {
    why: "makes code from text, and is reached from any function",
    paths: [
      "Function.prototype.constructor",
      "AsyncFunction.prototype.constructor",
      "GeneratorFunction.prototype.constructor",
      "AsyncGeneratorFunction.prototype.constructor",
    ],
  },
  { why: "shows the frames of the engine as objects", paths: ["Error.prepareStackTrace"] },
];

/** The paths of all that is deleted. */
export const REMOVED: readonly string[] = REMOVALS.flatMap(({ paths }) => paths);
