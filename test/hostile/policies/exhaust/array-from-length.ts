// Makes an array from a length of 2^32 - 1, in one native call.
// Outcome: memory or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "array-from-length",
  check() {
    Array.from({ length: 2 ** 32 - 1 }, (_, index) => index);
  },
});
