// Drops elements of an iterator without end, by a built-in.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "iterator-helper",
  check() {
    const forever = {
      next: () => ({ done: false, value: 1 }),
      [Symbol.iterator]() {
        return this;
      },
    };
    Iterator.from(forever).drop(Number.POSITIVE_INFINITY).next();
  },
});
