import { noteHandled, noteRejected, type Watched } from "./rejections.ts";

const { apply, construct, defineProperty, deleteProperty } = Reflect;
const { get, has, set } = WeakMap.prototype;
const { getPrototypeOf } = Object;
const NativePromise = Promise;
const { then } = NativePromise.prototype;

/** One of the language's functions, and what stands in for it. */
type Native = (...given: readonly unknown[]) => object;
type StandIn = (native: Native, self: unknown, given: readonly unknown[]) => object;

const known = new WeakMap<object, Watched>();

/**
 * Makes the global `Promise` one whose rejections are not lost. isolated-vm knows of a rejected promise only until the
 * collector takes it, so that an exception in one that nobody waits for vanished where the policy made garbage. Proxies
 * show no code of ours and keep the prototype that all promises have. Runs before any of the policy's code, whose async
 * functions are lowered to the global `Promise` when it is bundled.
 *
 * @see IsolateEnvironment::PromiseRejectCallback in isolated-vm's environment.cc
 */
export function watchPromises(): void {
  const watching = new Proxy(NativePromise, { __proto__: null, construct: make } as ProxyHandler<typeof NativePromise>);
  define(globalThis, "Promise", watching);
  define(NativePromise.prototype, "constructor", watching);
  standIn(NativePromise.prototype, "then", (native, self, given) => {
    const derived = apply(native, self, given);
    const watched: Watched | undefined = apply(get, known, [self]);
    if (watched !== undefined) noteHandled(watched);
    // of the language's own constructor, which answers for a promise whose constructor the policy took away
    if (!apply(has, known, [derived])) watchDerived(derived);
    return derived;
  });
  // all else that makes promises without asking the global one
  standIn(Array, "fromAsync", watchReturned);
  standIn(AsyncDisposableStack.prototype, "disposeAsync", watchReturned);
  define(AsyncDisposableStack.prototype, Symbol.asyncDispose, AsyncDisposableStack.prototype.disposeAsync);
  const generators = getPrototypeOf(async function* () {}).prototype;
  standIn(generators, "next", watchReturned);
  standIn(generators, "return", watchReturned);
  standIn(generators, "throw", watchReturned);
  standIn(getPrototypeOf(generators), Symbol.asyncDispose, watchReturned);
}

/** The executor runs last, so that V8 never sees a rejection before its handler, which would be entered in a list. */
function make(native: typeof NativePromise, given: readonly unknown[], target: new () => unknown): object {
  const executor = given[0];
  // throws, as the language says
  if (typeof executor !== "function") return construct(native, given, target);
  let resolve: unknown;
  let reject!: () => void;
  const take = (first: unknown, second: () => void) => {
    resolve = first;
    reject = second;
  };
  const promise: object = construct(native, [take], target);
  watch(promise);
  try {
    apply(executor, undefined, [resolve, reject]);
  } catch (thrown) {
    apply(reject, undefined, [thrown]);
  }
  return promise;
}

/** Without a prototype, which a policy could give what a property's description looks for. */
const NONE = { __proto__: null, value: undefined, configurable: true } as PropertyDescriptor;

/** Watches a promise that the policy has not seen yet. */
function watch(promise: object): void {
  const watched: Watched = { state: "open", reason: undefined };
  apply(set, known, [promise, watched]);
  // `then` asks the promise's constructor for its result's: nothing of the policy's is to answer
  defineProperty(promise, "constructor", NONE);
  try {
    apply(then, promise, [undefined, (reason: unknown) => noteRejected(watched, reason)]);
  } finally {
    deleteProperty(promise, "constructor");
  }
}

/** What a constructor of the policy's makes need not be a promise; where it is one, it is watched already. */
function watchDerived(derived: object): void {
  try {
    if (getPrototypeOf(derived) === NativePromise.prototype) watch(derived);
  } catch {
    // no promise, though it has its prototype
  }
}

function watchReturned(native: Native, self: unknown, given: readonly unknown[]): object {
  const promise: object = apply(native, self, given);
  watch(promise);
  return promise;
}

function standIn(owner: object, name: string | symbol, by: StandIn): void {
  const native = (owner as Record<string | symbol, Native>)[name] as Native;
  define(owner, name, new Proxy(native, { __proto__: null, apply: by } as ProxyHandler<Native>));
}

// one for all: without a prototype, which a policy could give what a property's description looks for
const description: { __proto__: null; value: unknown } = { __proto__: null, value: undefined };

function define(owner: object, name: string | symbol, value: unknown): void {
  description.value = value;
  defineProperty(owner, name, description as PropertyDescriptor);
}
