// Rejects ten thousand promises that nobody waits for.
// Outcome: exception
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "rejects-many-times",
  check() {
    for (let i = 0; i < 10_000; i += 1) Promise.reject(new Error(`number ${i}`));
  },
});
