// Reverses an object with 2^53 indices natively.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "reverse",
  check() {
    Array.prototype.reverse.call({ length: 2 ** 53 - 1 } as never);
  },
});
