// Calls itself until the stack overflows.
// Outcome: exception
// Reason: /RangeError: Maximum call stack size exceeded/
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-recursion",
  check() {
    const dig = (): number => dig() + 1;
    dig();
  },
});
