// Loses an exception in a promise of the engine's own making: its origin has no constructor to ask for one.
// Outcome: exception

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "promise-without-constructor",
  check() {
    const made = Promise.resolve();
    made.constructor = undefined;
    made.then(() => {
      throw new Error("lost");
    });
    Promise.resolve()
      .then(() => {})
      .then(() => {
        for (let i = 0; i < 1500; i += 1) globalThis.garbage = new Array(5000).fill(i);
      });
  },
});
