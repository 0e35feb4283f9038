// Keeps every match of an expression that matches everywhere.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "match-all",
  check() {
    const text = "x".repeat(10_000_000);
    void [...text.matchAll(/(x)(x)(x)/g)];
  },
});
