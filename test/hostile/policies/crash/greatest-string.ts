// Asks for a longer text than V8 has.
// Outcome: exception
// Reason: /RangeError: Invalid string length/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "greatest-string",
  check() {
    "x".repeat(2 ** 29).padEnd(2 ** 30);
  },
});
