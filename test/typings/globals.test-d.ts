// Nothing here runs: `tsc -p test/typings` proves what compiles in a policy's global scope, and what does not.

/** The language's own globals are there, with their newest members. */
export const there: readonly unknown[] = [
  [1, 2, 3].toSorted().at(-1)?.toFixed(2),
  Object.groupBy(["a", "b"], (letter) => letter).a?.length,
  new Map([["a", 1]]).getOrInsert("b", 2) + 1,
  new Set([1]).isSubsetOf(new Set([1, 2])),
  [1]
    .values()
    .map((number) => `${number}`)
    .toArray()
    .join(),
  class extends Iterator<number> {
    next(): IteratorResult<number> {
      return { done: true, value: undefined };
    }
  },
  /(?<year>\d{4})/v.exec("2027")?.groups?.year,
  RegExp.escape("a.b"),
  JSON.parse("{}"),
  Math.f16round(1.1),
  new Date(0).toISOString(),
  // as any object's: the same as toString
  new Date(0).toLocaleString(),
  2n ** 64n,
  Promise.try(() => 1),
  Promise.withResolvers<string>().promise,
  Array.fromAsync([1]),
  Error.isError(new AggregateError([], "many", { cause: 1 })),
  new Proxy({ a: 1 }, {}).a,
  Reflect.ownKeys({}),
  new WeakMap([[{}, 1]]),
  Symbol.for("x").description,
  globalThis.parseInt("7"),
  structured({ a: 1 }),
];

/** Utility types, and types that the compiler needs, are there. */
function structured<T extends object>(value: Readonly<Partial<T>>): Pick<T, never> & Record<string, unknown> {
  using _ = { [Symbol.dispose]() {} };
  return { ...value };
}

export async function* generated(): AsyncGenerator<Awaited<Promise<number>>> {
  for await (const number of [Promise.resolve(1)]) yield number;
}

/** What makes code from text, or memory that no limit counts, is not. */
export const removed: readonly unknown[] = [
  // @ts-expect-error code from text
  // biome-ignore lint/security/noGlobalEval: this is what must not compile
  eval("1"),
  // @ts-expect-error code from text
  new Function("1"),
  // @ts-expect-error code from text
  Function("1"),
  // @ts-expect-error code
  WebAssembly,
  // @ts-expect-error memory
  new ArrayBuffer(8),
  // @ts-expect-error memory
  new SharedArrayBuffer(8),
  // @ts-expect-error memory
  DataView,
  // @ts-expect-error memory
  new Uint8Array(8),
  // @ts-expect-error memory
  Float16Array.from([1]),
  // @ts-expect-error memory
  BigInt64Array,
  // @ts-expect-error of shared memory
  Atomics,
  // @ts-expect-error memory
  new Intl.NumberFormat("de"),
  // @ts-expect-error its locales come with Intl
  (1).toLocaleString("de"),
  // @ts-expect-error memory
  Temporal.Now,
  // @ts-expect-error makes what Intl would, at every call
  new Date().toLocaleDateString(),
  // @ts-expect-error makes what Intl would, at every call
  new Date().toLocaleTimeString(),
  // @ts-expect-error leads to Temporal
  new Date().toTemporalInstant(),
  // @ts-expect-error shows the collector
  new WeakRef({}),
  // @ts-expect-error shows the collector
  new FinalizationRegistry(() => {}),
  // @ts-expect-error not on the global object either
  globalThis.WebAssembly,
];

/** The type is still there, for what the language itself says of functions. */
// biome-ignore lint/complexity/noBannedTypes: that the type is there is the test
export const run: Function = () => {};

/** What Node or a browser has is not. */
export const foreign: readonly unknown[] = [
  // @ts-expect-error a policy is synchronous
  setTimeout(() => {}, 1),
  // @ts-expect-error a policy is synchronous
  queueMicrotask(() => {}),
  // @ts-expect-error Node's
  process.env,
  // @ts-expect-error Node's
  Buffer.from("x"),
  // @ts-expect-error Node's
  require("node:fs"),
  // @ts-expect-error Node's
  global,
  // @ts-expect-error no network
  fetch("http://localhost"),
  // @ts-expect-error the context has a log
  console.log("x"),
  // @ts-expect-error a browser's
  document,
  // @ts-expect-error a browser's
  window,
  // @ts-expect-error of the web
  new URL("http://localhost"),
  // @ts-expect-error of the web
  structuredClone({}),
  // @ts-expect-error of the web
  crypto,
  // @ts-expect-error of the web
  performance.now(),
];
