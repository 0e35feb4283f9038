// Sorts inside the comparator of a sort, until the stack overflows.
// Outcome: exception or timeout
import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "deep-sort",
  check() {
    const sort = (): number => {
      [2, 1].sort(sort);
      return 0;
    };
    sort();
  },
});
