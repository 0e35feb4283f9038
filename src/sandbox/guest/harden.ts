/**
 * What a policy's global scope does not have. Each either makes code from text, or holds memory that the isolate's
 * limit does not count, or lets a policy watch or delay the collector.
 */
const REMOVED = [
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

/** Takes away what a policy must not have. Runs in a fresh context, before any of the policy's code. */
export function harden(): void {
  // the function constructors stay reachable from any function, so that path is closed as well
  const functions = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const each of functions) {
    Object.defineProperty(Object.getPrototypeOf(each), "constructor", { value: undefined });
  }
  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
}
