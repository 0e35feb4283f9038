// Resolves a promise with a thenable that resolves to itself again and again.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "thenable-of-itself",
  check() {
    const self = {
      then(resolve: (value: unknown) => void) {
        resolve(self);
      },
    };
    Promise.resolve(self as unknown);
  },
});
