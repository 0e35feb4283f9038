// Reads JSON nested a million times, and writes it again.
// Outcome: exception or memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-json-text",
  check() {
    const deep: unknown = JSON.parse("[".repeat(1_000_000) + "]".repeat(1_000_000));
    JSON.stringify(deep);
  },
});
