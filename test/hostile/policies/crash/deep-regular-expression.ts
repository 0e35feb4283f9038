// Compiles an expression of a hundred thousand groups inside each other.
// Outcome: exception or memory or timeout or allowed
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-regular-expression",
  check() {
    new RegExp("(?:x|".repeat(100_000) + ")".repeat(100_000)).test("y");
  },
});
