// Denies in thousands of halves of characters, and at the place where a reason is cut.
// Outcome: denied
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "surrogates",
  check({ deny }) {
    deny("\ud83d".repeat(5000));
    deny(`${"x".repeat(1999)}\u{1f600}`);
    deny(`${"\u3042".repeat(158)}\u{1f600}\u{1f600}\u{1f600}`);
  },
});
