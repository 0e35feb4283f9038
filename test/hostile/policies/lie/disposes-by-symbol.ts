// Loses an exception in the promise of a stack that is disposed of by its symbol, and makes garbage of it.
// Outcome: exception

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "disposes-by-symbol",
  check() {
    const stack = new AsyncDisposableStack();
    stack.defer(() => {
      throw new Error("lost");
    });
    stack[Symbol.asyncDispose]();
    for (let i = 0; i < 1500; i += 1) globalThis.garbage = new Array(5000).fill(i);
  },
});
