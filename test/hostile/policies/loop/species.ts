// Has a built-in make its result by a constructor that loops.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "species",
  check() {
    const list = [1, 2, 3];
    Object.defineProperty(list, "constructor", {
      value: {
        get [Symbol.species]() {
          for (;;);
        },
      },
    });
    list.map((each) => each);
  },
});
