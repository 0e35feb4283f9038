// Resolves a promise with a thenable whose `then` loops.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "thenable-that-loops",
  check() {
    Promise.resolve({
      then() {
        for (;;);
      },
    });
  },
});
