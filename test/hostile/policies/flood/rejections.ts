// Rejects a thousand promises with long messages.
// Outcome: exception or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "rejections",
  check() {
    for (let i = 0; i < 1000; i += 1) Promise.reject(new Error(`${i} ${"x".repeat(10_000)}`));
  },
});
