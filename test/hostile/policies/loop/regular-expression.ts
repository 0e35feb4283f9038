// Matches an expression that backtracks for years.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "regular-expression",
  check() {
    /^(?:a+)+$/.test(`${"a".repeat(64)}b`);
  },
});
