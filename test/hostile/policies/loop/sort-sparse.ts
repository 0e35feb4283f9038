// Sorts a sparse array of 2^32 indices natively.
// Outcome: timeout or memory
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "sort-sparse",
  check() {
    const sparse: number[] = [];
    sparse[2 ** 32 - 2] = 1;
    sparse.sort();
  },
});
