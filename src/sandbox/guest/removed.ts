/**
 * What a policy's global scope does not have. Each either makes code from text, or holds memory that the isolate's
 * limit does not count, or lets a policy watch or delay the collector. The library file that policies are compiled
 * against, `typings/globals.d.ts`, leaves out the same.
 */
export const REMOVED = [
  "eval",
  "Function",
  "WebAssembly",
  "SharedArrayBuffer",
  "Atomics",
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
  "FinalizationRegistry",
  "WeakRef",
  "console",
] as const;
