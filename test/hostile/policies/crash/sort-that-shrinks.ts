// Empties an array while it is sorted, copied and sliced by species of its own.
// Outcome: allowed or exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "sort-that-shrinks",
  check() {
    class Shrinking extends Array<number> {
      static override get [Symbol.species]() {
        return class extends Array<number> {
          constructor() {
            super(0);
            Object.freeze(this);
          }
        } as unknown as ArrayConstructor;
      }
    }
    const list = Shrinking.from({ length: 1000 }, (_, index) => index);
    list.sort((a, b) => {
      list.length = 1;
      return b - a;
    });
    list.length = 100;
    list.slice(10, 20).concat(list);
  },
});
