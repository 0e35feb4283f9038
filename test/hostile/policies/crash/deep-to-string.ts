// Writes an array as text that is nested a hundred thousand times.
// Outcome: exception or memory or timeout or allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-to-string",
  check() {
    let deep: unknown[] = [];
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    String(deep);
  },
});
