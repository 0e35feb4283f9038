// Gets the global object by functions without `this`, and looks there for another than its own.
// Outcome: allowed

// @ts-nocheck
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "world-by-this",
  check({ deny }) {
    const worlds = [
      (function () {
        return this;
      })(),
      [1].map(function () {
        return this;
      })[0],
      Reflect.apply(
        function () {
          return this;
        },
        null,
        [],
      ),
    ];
    for (const world of worlds) {
      if (world !== undefined && world !== null && world !== globalThis) deny("another world");
    }
  },
});
