import { REMOVED } from "./removed.ts";

/** Takes away what a policy must not have. Runs in a fresh context, before any of the policy's code. */
export function harden(): void {
  // the function constructors stay reachable from any function, so that path is closed as well
  const functions = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const each of functions) {
    Object.defineProperty(Object.getPrototypeOf(each), "constructor", { value: undefined });
  }
  // the one other way to an object of what is removed below
  Reflect.deleteProperty(Date.prototype, "toTemporalInstant");
  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
}
