/**
 * What is taken away from a policy's global scope: `removed.ts` says why. These are plain lists since all of this runs in
 * every context, without a compiler.
 */
export const CODE_MAKERS: readonly string[] = ["eval", "Function", "WebAssembly"];

export const UNCOUNTED: readonly string[] = [
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
];

export const BLOCKING: readonly string[] = ["Atomics"];

export const COLLECTOR: readonly string[] = ["FinalizationRegistry", "WeakRef"];

export const SILENT: readonly string[] = ["console"];

/** Members of `Date.prototype`. */
export const DATES: readonly string[] = [
  "toLocaleString",
  "toLocaleDateString",
  "toLocaleTimeString",
  "toTemporalInstant",
];

/** The kinds of functions whose constructor is locked. */
export const KINDS: readonly string[] = ["Function", "AsyncFunction", "GeneratorFunction", "AsyncGeneratorFunction"];

/** Members of `Error` that are locked. */
export const STACKS: readonly string[] = ["prepareStackTrace"];
