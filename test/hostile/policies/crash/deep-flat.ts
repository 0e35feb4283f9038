// Flattens an array that is nested a hundred thousand times.
// Outcome: exception or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-flat",
  check() {
    let deep: unknown[] = [];
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    deep.flat(Number.POSITIVE_INFINITY);
  },
});
