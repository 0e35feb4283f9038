// Looks through an object with 2^53 indices natively, which no timer interrupts.
// Outcome: timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "index-of",
  check() {
    Array.prototype.indexOf.call({ length: 2 ** 53 - 1 } as never, 1);
  },
});
